using Tidegate.Engine;

namespace Tidegate.Pipeline;

/// <summary>A few seconds of watching what was delivered before: whether it looks unhealthy now. Changes and records
/// nothing.</summary>
internal sealed class QuickLook(PipelineDefinition pipeline, DeliveryParts parts)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(3), Often = TimeSpan.FromSeconds(1);

    /// <returns>What speaks against it; null: nothing does, or too little was seen to say so.</returns>
    public async Task<string?> UnhealthyAsync(Stage stage, ReleaseArtifact artifact,
        CancellationToken cancellationToken)
    {
        var plan = PlanBuilder.Judge(pipeline, stage, artifact, StageRunner.ReleaseName(artifact));
        var every = Shorter(plan.Steps[0].Bake.SampleEvery, Often);
        // Counts are judged one look late, so the third look is the first that says something of them.
        var length = Shorter(3 * every, Longest);
        var bake = new Bake(length, length, TimeSpan.Zero, every);
        var quick = plan with { Steps = [plan.Steps[0] with { Bake = bake }] };
        var judgement = await (parts with { Progress = new Quiet() }).Engine().JudgeAsync(quick, cancellationToken);
        return judgement.Verdict == Verdict.Unhealthy ? judgement.Because : null;
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private sealed class Quiet : IReleaseProgress
    {
        public void Report(ReleaseProgress what)
        {
            // Nothing goes on that anybody could follow.
        }
    }
}
