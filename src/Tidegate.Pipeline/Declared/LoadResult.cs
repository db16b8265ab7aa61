namespace Tidegate.Pipeline;

/// <summary>A configuration that can be released with, or every reason why not.</summary>
public abstract record LoadResult
{
    private LoadResult() { }

    /// <param name="Settings">Every setting in effect, written or left to its default; the definition's digest is made of these.</param>
    public sealed record Loaded(PipelineDefinition Definition, LocalTopology Topology, IReadOnlyList<EffectiveSetting> Settings) : LoadResult;

    /// <summary>Exit 30: nothing was touched.</summary>
    public sealed record Invalid(IReadOnlyList<Problem> Problems) : LoadResult;
}
