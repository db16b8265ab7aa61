namespace Tidegate.Engine;

/// <summary>Watches one step: a look at every signal at the bake's cadence, folded into a window, until the gate has a verdict.</summary>
/// <remarks>A run that was killed in a bake begins it anew: only time that was watched counts as baked.</remarks>
internal sealed class BakeExecutor(
    IPlatform platform,
    ITrafficSource traffic,
    IReadOnlyList<ISignalSource> sources,
    IReleaseProgress progress,
    TimeProvider time)
{
    public async Task<ReleaseEvent> WatchAsync(Release release, int number, CancellationToken cancellationToken)
    {
        var (plan, step) = (release.Plan, release.Plan.Steps[number]);
        var start = time.GetTimestamp();
        await Task.Delay(step.Bake.WarmUp, time, cancellationToken);

        var window = GateWindow.Open(plan.Candidate.Digest, step);
        var standing = Standing.Of(plan, number, share: null);
        var sampler = new SignalSampler(platform, traffic, sources, step.Bake.SampleEvery, time);
        var (began, before) = (time.GetTimestamp(), time.GetTimestamp());
        while (true)
        {
            var sample = await sampler.LookAsync(plan, standing, cancellationToken);
            var now = time.GetTimestamp();
            window = window.Add(plan.Gate, sample with { Span = time.GetElapsedTime(before, now) });
            before = now;

            var judgement = HealthGate.Judge(plan.Gate, window, step.Bake.Length);
            progress.Report(new ReleaseProgress.Looked(release, step, time.GetElapsedTime(start), window, judgement));
            if (judgement.Verdict is Verdict.Healthy or Verdict.Unhealthy) return new ReleaseEvent.Judged(number, judgement);
            if (time.GetElapsedTime(began) >= step.Bake.Maximum) return new ReleaseEvent.BakeExpired(number, judgement);

            await Task.Delay(step.Bake.SampleEvery, time, cancellationToken);
        }
    }
}
