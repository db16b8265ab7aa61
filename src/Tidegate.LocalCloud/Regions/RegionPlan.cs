namespace Tidegate.LocalCloud.Regions;

/// <summary>What to do next in a region: nothing, or a few things that may be done together.</summary>
/// <param name="Start">How many new instances, by digest.</param>
/// <param name="MoveWeights">The desired weights may come into effect now.</param>
/// <param name="Drain">Instances that are not needed any more, once the weights have moved.</param>
/// <param name="GiveUpBecauseOf">The new instance that failed.</param>
internal sealed record RegionPlan(
    IReadOnlyDictionary<string, int> Start,
    bool MoveWeights,
    IReadOnlyList<string> Drain,
    string? GiveUpBecauseOf)
{
    public static RegionPlan Nothing { get; } = new(new Dictionary<string, int>(), false, [], null);
}
