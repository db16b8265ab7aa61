namespace Tidegate;

/// <summary>Something that a person can mend: where it is, what is wrong, and what to do next.</summary>
/// <param name="Code">Stable, for example <c>TG1204</c>; listed in docs/problems.md.</param>
/// <param name="Where">The file and the path in it, the option, or the place.</param>
/// <param name="What">What is wrong, in one sentence.</param>
/// <param name="NextStep">What to do.</param>
public sealed record Problem(string Code, string Where, string What, string NextStep)
{
    public override string ToString() => $"{Code} {Where}: {What}{System.Environment.NewLine}       {NextStep}";
}
