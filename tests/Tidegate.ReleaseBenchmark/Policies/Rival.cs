namespace Tidegate.ReleaseBenchmark.Policies;

/// <summary>What else releases could be done with, as documented.</summary>
internal sealed record Rival(string Name, Func<RivalRule> Begin)
{
    public static IReadOnlyList<Rival> All { get; } =
    [
        new("flagger", FlaggerRule.AsDocumented),
        new("argo", ArgoRule.AsDocumented),
        new("bake1h", BakeRule.AsUsual),
    ];
}
