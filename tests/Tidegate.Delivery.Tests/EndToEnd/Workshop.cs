namespace Tidegate.Delivery.Tests.EndToEnd;

/// <summary>Analyses, compiles, tests and packages Orders once, at first use; tests of what comes then begin with a copy of that clone.</summary>
public sealed class Workshop : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private Clone? _packaged;

    /// <summary>A clone in which the version without settings is packaged and nothing was delivered yet.</summary>
    /// <param name="profile">One of <see cref="Profiles"/>.</param>
    public async Task<Clone> CloneAsync(string name, string profile, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            _packaged ??= await PackagedAsync(profile, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }

        return await _packaged.CopyAsync(name, profile, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_packaged is not null) await _packaged.DisposeAsync();
        _turn.Dispose();
    }

    private static async Task<Clone> PackagedAsync(string profile, CancellationToken cancellationToken)
    {
        var clone = await Clone.MakeAsync("workshop", profile, cancellationToken);
        var (exit, output) = await clone.RunAsync(cancellationToken, "Package");
        exit.ShouldBe(0, output);
        return clone;
    }
}
