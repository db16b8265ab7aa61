namespace Tidegate.ReleaseBenchmark.Results;

/// <summary>One goal, and whether these runs reached it.</summary>
/// <param name="Reached">Null: a world that it needs was not played, or is not played here.</param>
internal sealed record Goal(string Id, string Text, string Measured, bool? Reached)
{
    public string Mark => Reached switch { true => "reached", false => "**missed**", null => "not measured" };
}
