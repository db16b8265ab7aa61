using Tidegate.Engine;

namespace Tidegate.Pipeline.Reports;

/// <summary>How news is meant: decides the colour on a terminal, nothing else.</summary>
internal enum Tone
{
    Plain,
    Good,
    Waiting,
    Bad,
}

/// <summary>One line of news.</summary>
internal sealed record News(Tone Tone, string Text);

/// <summary>A release in words; the same on a terminal, in a CI log and in a report.</summary>
internal static class ReleaseWords
{
    /// <summary>For example <c>Canary of orders 1.4.0 (0123456789ab) in production</c>.</summary>
    public static string Title(ReleasePlan plan) => plan.Steps.Count == 0
        ? $"Rollback of {plan.Environment}, from {Artifact(plan.Candidate)}"
        : $"{plan.Stage} of {Artifact(plan.Candidate)} in {plan.Environment}";

    /// <summary>Changes that were declared for this release, one line each; empty: none.</summary>
    public static IEnumerable<string> Expected(ReleasePlan plan) =>
        plan.Rollout?.Expected.Select(e => $"expected in this release: {Foreign.Line($"{e.Endpoint}: {e.Change}", 300)}; "
            + "kinds of answers there are not held against it, failures are") ?? [];

    public static IEnumerable<string> Warnings(ReleaseProgress.Measured measured) =>
        Warnings(measured.Release.Plan.Rollout!, measured.Reference);

    /// <summary>What whoever releases should know of the limits that are declared, one line each; empty:
    /// nothing.</summary>
    public static IEnumerable<string> Warnings(RolloutPlan plan, RolloutReference reference) =>
        UsualBeyond.Words(plan, reference).Select(w => $"warning: {Foreign.Line(w)}");

    public static string Artifact(ReleaseArtifact artifact) => Foreign.Line($"{artifact.Name} {artifact.Version} ({artifact.Digest.Brief})", 120);

    /// <summary>For example <c>step 2 of 10, wave 1 of 3, batch 2 of 2: eu-north</c>.</summary>
    public static string Step(ReleasePlan plan, int step) => plan.Steps.Count == 1
        ? plan.Steps[step].Title
        : $"step {step + 1} of {plan.Steps.Count}, {plan.Steps[step].Title}";

    /// <summary>What a region is to become, with people's words for the two versions.</summary>
    public static string Target(ReleasePlan plan, RegionTarget target) => target.Versions.Count == 0
        ? $"{target.Region}: nothing"
        : $"{target.Region}: " + string.Join(" + ", target.Versions.Select(v => $"{v.Instances} × {Version(plan, v.Digest)} at {v.Share}"));

    public static string Version(ReleasePlan plan, ArtifactDigest digest) => digest == plan.Candidate.Digest ? "new" : digest.Brief;

    public static string Verdict(Verdict verdict) => verdict switch
    {
        Tidegate.Verdict.Healthy => "healthy",
        Tidegate.Verdict.Unhealthy => "UNHEALTHY",
        Tidegate.Verdict.Insufficient => "not yet",
        _ => "not measured",
    };

    public static Tone ToneOf(Verdict verdict) => verdict switch
    {
        Tidegate.Verdict.Healthy => Tone.Good,
        Tidegate.Verdict.Unhealthy => Tone.Bad,
        _ => Tone.Waiting,
    };

    /// <summary>What a rollout says, as its state would be told.</summary>
    public static string Says(RolloutSays says) => says switch
    {
        RolloutSays.Passed => "healthy",
        RolloutSays.Unhealthy => "UNHEALTHY",
        RolloutSays.Hold => "held",
        _ => "not yet",
    };

    /// <summary>A transition in one line.</summary>
    /// <param name="before">What a rollout desired until then; only what is otherwise is told.</param>
    public static News Of(ReleasePlan plan, ReleaseEvent what, IReadOnlyList<RegionTarget> before) => what switch
    {
        ReleaseEvent.TargetsChosen e => new(
            e.Because == RolloutWords.Probe || e.Because == RolloutWords.Slow ? Tone.Waiting : Tone.Plain,
            $"{TargetChange.Words(plan, before, e.Targets)}: {Foreign.Line(e.Because)}"),
        ReleaseEvent.RolloutHeld { Back: null } e => new(
            ToneOf(e.Judgement.Verdict),
            $"{Step(plan, e.Step)}: cannot go on by itself; users stay where they are: {Foreign.Line(e.Judgement.Because)}"),
        ReleaseEvent.RolloutHeld e => new(
            ToneOf(e.Judgement.Verdict),
            $"{Step(plan, e.Step)}: cannot go on by itself; users are taken back to the share before it: {Foreign.Line(e.Judgement.Because)}"),
        ReleaseEvent.Withdrawn => new(Tone.Waiting, "users are back on the share before the step; the new version is kept for whoever looks"),
        ReleaseEvent.WithdrawFailed e => new(Tone.Bad, $"users could not be taken off the new version: {Foreign.Line(e.Because)}"),
        ReleaseEvent.Placed e when plan.Steps[e.Step].Comparison is { Watching: true } watch => new(Tone.Plain, $"{Step(plan, e.Step)}: in place; watching for {Words.Seconds(watch.Options.WatchTime)}"),
        ReleaseEvent.Placed e when plan.Steps[e.Step].Comparison is { } compared => new(Tone.Plain, $"{Step(plan, e.Step)}: in place; comparing for at least {Words.Seconds(compared.Options.MinimumTime)}, at most {Words.Seconds(compared.Options.WarmUp + (2 * compared.Options.CapTime))}"),
        ReleaseEvent.ShareChosen e => new(Tone.Plain, $"{Step(plan, e.Step)}: {e.Share} of the requests from here on: {e.Because}"),
        ReleaseEvent.Placed e => new(Tone.Plain, $"{Step(plan, e.Step)}: in place; watching for {Words.Seconds(plan.Steps[e.Step].Bake.Length)}, at most {Words.Seconds(plan.Steps[e.Step].Bake.Maximum)}"),
        ReleaseEvent.PlacementFailed e => new(Tone.Bad, $"{Step(plan, e.Step)}: failed to start: {Foreign.Line(e.Because)}"),
        ReleaseEvent.PlacementUnknown e => new(Tone.Waiting, $"{Step(plan, e.Step)}: cannot tell whether it took effect: {Foreign.Line(e.Because)}"),
        ReleaseEvent.Judged e => new(ToneOf(e.Judgement.Verdict), $"{Step(plan, e.Step)}: {Verdict(e.Judgement.Verdict)}: {Foreign.Line(e.Judgement.Because)}"),
        ReleaseEvent.BakeExpired e => new(Tone.Waiting, $"{Step(plan, e.Step)}: still no verdict when the bake's maximum was over: {Foreign.Line(e.Judgement.Because)}"),
        ReleaseEvent.Restored e => new(Tone.Good, $"back as it was, {Back(plan.Before[e.Region])}"),
        ReleaseEvent.RestoreFailed e => new(Tone.Bad, $"{plan.Before[e.Region].Region} could not be brought back: {Foreign.Line(e.Because)}"),
        ReleaseEvent.Removed => new(Tone.Plain, $"{plan.Environment} is removed"),
        ReleaseEvent.RemoveFailed e => new(Tone.Bad, $"{plan.Environment} could not be removed: {Foreign.Line(e.Because)}"),
        ReleaseEvent.Resumed => new(Tone.Plain, "called again: going on"),
        ReleaseEvent.Decided e => new(Tone.Plain, $"{Foreign.Line(e.By, 80)} decided: {Decision(e.Decision)}: {Foreign.Line(e.Reason)}"),
        _ => new(Tone.Plain, Foreign.Line(what.ToString())),
    };

    private static string Back(RestoreStep step) => step.Baseline is { } baseline
        ? $"{step.Region}: {step.Instances} × {baseline.Brief}"
        : $"{step.Region}: nothing, as before the first release";

    private static string Decision(Decision decision) => decision switch
    {
        Tidegate.Decision.Retry => "retry",
        Tidegate.Decision.RollBack => "roll back",
        _ => "stop and wait for a hotfix",
    };

    /// <summary>Where a release stands, in a few words.</summary>
    public static string State(Release release) => release.State switch
    {
        ReleaseState.Placing s => $"placing {Step(release.Plan, s.Step)}",
        ReleaseState.Baking s => $"watching {Step(release.Plan, s.Step)}",
        ReleaseState.RollingOut { Targets.Count: 0 } s => $"beginning {Step(release.Plan, s.Step)}",
        ReleaseState.RollingOut s => $"{Step(release.Plan, s.Step)}: {Reached(release.Plan, s.Targets)}",
        ReleaseState.Withdrawing s => $"users are being taken off the new version, then {Waits(s.For)}: {Foreign.Line(s.Question)}",
        ReleaseState.Removing => "healthy; its environment is being removed",
        ReleaseState.RollingBack s => $"going back: {Foreign.Line(s.Because)}",
        ReleaseState.Held s => $"held, {Waits(s.For)}: {Foreign.Line(s.Question)}",
        ReleaseState.Delivered => "delivered, healthy",
        ReleaseState.RolledBack s => $"rolled back: {Foreign.Line(s.Because)}",
        ReleaseState.RollbackIncomplete s => $"NOT BROUGHT BACK: {Foreign.Line(s.Because)}; {Foreign.Line(s.Left)}",
        ReleaseState.Stopped s => $"stopped: {Foreign.Line(s.Because)}",
        _ => Foreign.Line(release.State.ToString()),
    };

    /// <summary>How far a rollout has come, region by region.</summary>
    private static string Reached(ReleasePlan plan, IReadOnlyList<RegionTarget> targets) => string.Join(
        ", ",
        targets.Select(t => $"{t.Region} {t.Versions.FirstOrDefault(v => v.Digest == plan.Candidate.Digest)?.Share ?? TrafficShare.None}"));

    private static string Waits(HeldFor what) => what switch
    {
        HeldFor.Decision => "somebody must decide",
        HeldFor.Platform => "the platform's answer is unknown",
        _ => "evidence is missing",
    };
}
