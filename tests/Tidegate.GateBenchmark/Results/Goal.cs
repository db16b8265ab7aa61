namespace Tidegate.GateBenchmark.Results;

/// <summary>One goal of docs/gate.md, and whether these runs met it.</summary>
/// <param name="Measured">In words; starts with "not measured" when a scenario it needs was not played.</param>
internal sealed record Goal(string Id, string Text, string Measured, bool? Met)
{
    public string Mark => Met switch { true => "pass", false => "**fail**", null => "not measured" };
}
