namespace Tidegate.Pipeline;

/// <summary>A release is one artifact's way through all stages, and it is taken back as one: production first, then what came before it.</summary>
public sealed class Unwinder(PipelineDefinition pipeline, StageRunner runner)
{
    /// <summary>Brings every persistent environment that this artifact reached back to what ran there before.</summary>
    /// <param name="from">The stage that failed, or the last one to take back.</param>
    /// <param name="own">Its environment, which was dealt with already.</param>
    /// <param name="until">What was begun later stays; null: nothing was.</param>
    /// <returns>One end for each environment that was taken back now.</returns>
    public async Task<IReadOnlyList<StageEnd>> UnwindAsync(Stage from, string own, ArtifactDigest digest, string because, DateTimeOffset? until, CancellationToken cancellationToken)
    {
        var ends = new List<StageEnd>();
        var reached = pipeline.Stages.Where(s => s.Stage < from && s.Stage != Stage.UpgradeDowngradeTest && !s.Environment.Ephemeral && s.Environment.Name != own);
        foreach (var environment in reached.OrderByDescending(s => s.Stage).Select(s => s.Environment.Name).Distinct())
        {
            if (await runner.TakeBackAsync(environment, digest, because, until, cancellationToken) is { } end) ends.Add(end);
        }

        return ends;
    }
}
