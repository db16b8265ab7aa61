namespace Tidegate.LocalCloud.Control;

/// <summary>What became of a change that somebody wants.</summary>
internal abstract record PutResult
{
    private PutResult() { }

    internal sealed record Accepted : PutResult;

    /// <param name="Newest">The newest generation that was accepted.</param>
    internal sealed record Stale(long Newest, string Because) : PutResult;

    internal sealed record NotThere : PutResult;

    /// <summary>The machine does not let us, such as with a full disk. It may be asked again.</summary>
    internal sealed record Unable(string Because) : PutResult;
}
