namespace Tidegate.Pipeline;

/// <summary>A release is one artifact's way through all stages, and it is taken back as one: production first, then what came before it.</summary>
public sealed class Unwinder(PipelineDefinition pipeline, StageRunner runner)
{
    /// <summary>Brings every persistent environment that this artifact reached back to what ran there before.</summary>
    /// <param name="from">The stage that failed, or the last one to take back; it and its own environment were dealt with already.</param>
    /// <returns>One end for each environment that was taken back now.</returns>
    public async Task<IReadOnlyList<StageEnd>> UnwindAsync(Stage from, ArtifactDigest digest, string because, CancellationToken cancellationToken)
    {
        var own = pipeline[from].Environment.Name;
        var ends = new List<StageEnd>();
        var reached = pipeline.Stages.Where(s => s.Stage < from && s.Stage != Stage.UpgradeDowngradeTest && !s.Environment.Ephemeral && s.Environment.Name != own);
        foreach (var stage in reached.OrderByDescending(s => s.Stage))
        {
            if (await runner.TakeBackAsync(stage.Stage, digest, because, cancellationToken) is { } end) ends.Add(end);
        }

        return ends;
    }
}
