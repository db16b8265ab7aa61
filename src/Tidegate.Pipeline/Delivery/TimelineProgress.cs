using Tidegate.Engine;
using Tidegate.Pipeline.Reports;

namespace Tidegate.Pipeline;

/// <summary>Writes a dry run as a timeline: when, which stage and step, which weights, how long the bake, how many users are exposed.</summary>
public sealed class TimelineProgress(PipelineDefinition pipeline, TimeProvider time, Action<string> write) : IReleaseProgress
{
    private readonly DateTimeOffset _start = time.GetUtcNow();
    private string? _step;
    private IReadOnlyList<RegionTarget> _targets = [];

    public void Report(ReleaseProgress what)
    {
        switch (what)
        {
            case ReleaseProgress.Began began:
                Line($"{began.Release.Plan.Stage} in {began.Release.Plan.Environment}");
                _targets = [];
                foreach (var line in ReleaseWords.Expected(began.Release.Plan)) Line($"  {line}");
                if (began.Release.Plan.Rollout is { } rollout) foreach (var line in BudgetWords.Of(rollout)) Line($"  {line}");
                break;
            case ReleaseProgress.Converging converging when _step != converging.Title:
                _step = converging.Title;
                Line($"  {converging.Title}; {Exposed(converging)}");
                foreach (var target in converging.Targets) Line($"      {Described(target, converging.Release.Plan.Candidate.Digest)}");
                break;
            case ReleaseProgress.Measured measured:
                foreach (var line in ReleaseWords.Warnings(measured)) Line($"  {line}");
                break;
            case ReleaseProgress.Moved { Event: ReleaseEvent.Placed } moved:
                var step = moved.Release.Plan.Steps[((ReleaseState.Baking)moved.Release.State).Step];
                Line($"      bake {Words.Seconds(step.Bake.Length)} (at most {Words.Seconds(step.Bake.Maximum)}{(step.Bake.WarmUp > TimeSpan.Zero ? $", after {Words.Seconds(step.Bake.WarmUp)} of warm-up" : "")})");
                break;
            case ReleaseProgress.Moved { Event: ReleaseEvent.TargetsChosen chosen } moved:
                Begin(moved.Release.Plan, chosen.Step);
                Line($"      {TargetChange.Words(moved.Release.Plan, _targets, chosen.Targets)}: {chosen.Because}");
                _targets = chosen.Targets;
                break;
            case ReleaseProgress.Moved { Event: ReleaseEvent.Judged judged } moved:
                if (moved.Release.Plan.IsRollout(judged.Step)) Begin(moved.Release.Plan, judged.Step);
                Line($"      {judged.Judgement.Verdict}: {judged.Judgement.Because}");
                break;
            case ReleaseProgress.Ended ended:
                Line($"{ended.Release.Plan.Stage}: {ended.Outcome}");
                _step = null;
                break;
        }
    }

    /// <summary>A step of a rollout begins with what it changes, or, where nothing changes, with its end.</summary>
    private void Begin(ReleasePlan plan, int step)
    {
        if (_step == plan.Steps[step].Title) return;
        _step = plan.Steps[step].Title;
        Line($"  {_step}");
    }

    private void Line(string text) => write($"{Clock(time.GetUtcNow() - _start),9}  {text}");

    private static string Clock(TimeSpan at) =>
        at.TotalDays >= 1 ? $"{(int)at.TotalDays}d {at:hh\\:mm\\:ss}" : $"{at:hh\\:mm\\:ss}";

    private static string Described(RegionTarget target, ArtifactDigest candidate) => $"{target.Region}: " + string.Join(
        ", ", target.Versions.Select(v => $"{v.Instances} × {(v.Digest == candidate ? "candidate" : "running now")} at {v.Share}"));

    /// <summary>The candidate's share of the environment's traffic once the step stands.</summary>
    private string Exposed(ReleaseProgress.Converging step)
    {
        var plan = step.Release.Plan;
        var regions = pipeline[plan.Stage].Environment.Regions;
        var all = regions.Sum(r => r.RequestsPerSecond);
        if (all <= 0) return "no users";

        var candidate = regions.Sum(r => r.RequestsPerSecond * Share(step, r.Name, plan.Candidate.Digest).Ratio);
        return $"{TrafficShare.Percent(100 * candidate / all)} of the users of {plan.Environment} exposed";
    }

    private static TrafficShare Share(ReleaseProgress.Converging step, string region, ArtifactDigest candidate)
    {
        if (step.Targets.FirstOrDefault(t => t.Region == region) is { } target) return target.Versions.FirstOrDefault(v => v.Digest == candidate)?.Share ?? TrafficShare.None;
        return step.Seen?[region].Of(candidate)?.Share ?? TrafficShare.None;
    }
}
