namespace Tidegate.BuildHost.Execution;

/// <summary>Something that has to be mended before the build can run: where it is, what it is, what to do.</summary>
internal sealed record Problem(string Where, string What, string NextStep)
{
    public override string ToString() => $"{Where}: {What}{Environment.NewLine}   {NextStep}";
}

/// <summary>The build cannot start: as it was called or written, or because a condition of its own has said so. Nothing has run.</summary>
internal sealed class UsageException(params IReadOnlyList<Problem> problems)
    : Exception(string.Join(Environment.NewLine, problems))
{
    public IReadOnlyList<Problem> Problems { get; } = problems;

    public int ExitCode { get; init; } = ExitCodes.InputInvalid;
}
