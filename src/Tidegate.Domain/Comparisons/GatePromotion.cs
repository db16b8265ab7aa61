namespace Tidegate;

/// <summary>A shadow gate that somebody let decide: a decision in the ledger, not an edit of the configuration.</summary>
public static class GatePromotion
{
    /// <summary>The stream that promotions are kept in.</summary>
    public const string Stream = "gates";

    /// <summary>The pipeline with the promoted gate deciding and the other one in its shadow.</summary>
    /// <param name="promoted">Names in the order in which they were promoted; the newest that a stage knows counts.</param>
    public static PipelineDefinition Apply(PipelineDefinition pipeline, IReadOnlyList<string> promoted) =>
        pipeline with { Stages = [.. pipeline.Stages.Select(s => s with { Comparison = s.Comparison is { } policy ? Apply(policy, promoted) : null })] };

    private static ComparisonPolicy Apply(ComparisonPolicy policy, IReadOnlyList<string> promoted)
    {
        if (policy.Shadow is not { } shadow || promoted.LastOrDefault(p => p == policy.Name || p == shadow.Name) != shadow.Name) return policy;

        return policy with { Name = shadow.Name, Options = shadow.Options, Shadow = new(policy.Name, policy.Options) };
    }
}
