using System.Globalization;
using System.Text;

namespace Tidegate.Pipeline.Reports;

/// <summary>A release as Markdown, for a CI job's summary: what, where, every verdict with its evidence, the timeline, the end, what to do.</summary>
public static class MarkdownReport
{
    /// <param name="artifact">What is released.</param>
    /// <param name="runs">Its stages, in the order in which they began; runs of other artifacts are left out.</param>
    public static string Write(ReleaseArtifact artifact, IEnumerable<RunTimeline> runs)
    {
        var own = runs.Where(r => r.Run.Digest == artifact.Digest).OrderBy(r => r.Run.BeganAt).ThenBy(r => r.Run.Sequence).ToList();
        var text = new StringBuilder();
        Line(text, $"# Release of {Safe($"{artifact.Name} {artifact.Version}")}");
        Line(text, "");
        Line(text, $"Artifact `{artifact.Digest}`.");
        Line(text, "");
        if (own.Count == 0)
        {
            Line(text, "No stage of it was begun.");
            return text.ToString();
        }

        Line(text, "| stage | environment | began (UTC) | took | state |");
        Line(text, "| --- | --- | --- | ---: | --- |");
        foreach (var run in own)
        {
            Line(text, $"| {Name(run.Run)} | {run.Run.Plan.Environment} | {Time(run.Run.BeganAt)} | {Words.Seconds(run.Run.LatestAt - run.Run.BeganAt)} | {Safe(ReleaseWords.State(run.Run.Release))} |");
        }

        foreach (var run in own) Section(text, run);
        return text.ToString();
    }

    private static void Section(StringBuilder text, RunTimeline run)
    {
        var plan = run.Run.Plan;
        Line(text, "");
        Line(text, $"## {Name(run.Run)} in {plan.Environment}");
        Line(text, "");
        Line(text, $"Begun because: {Safe(run.Run.Because)}. Configuration `{Safe(plan.Configuration)}`.");
        if (plan.RemoveAfter) Line(text, "The environment is made from scratch for this artifact, and removed after it was judged.");
        else if (plan.FirstRelease) Line(text, "A first release: no version ran before in some region, so it is judged by limits and request floors alone, and there is nothing to go back to.");
        Line(text, "");
        foreach (var line in ReleaseWords.Expected(plan)) Line(text, $"- {Safe(line)}");
        IReadOnlyList<RegionTarget> targets = [];
        foreach (var entry in run.Entries)
        {
            var at = entry.At.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
            Line(text, $"- {at} {Safe(ReleaseWords.Of(plan, entry.Event, targets).Text)}");
            if (entry.Event is ReleaseEvent.TargetsChosen chosen) targets = chosen.Targets;
        }

        foreach (var entry in run.Entries) Evidence(text, plan, entry.Event);

        if (ReleaseMachine.Decide(run.Run.Release) is not ReleaseCommand.End end) return;
        var words = Outcomes.Describe(end.Outcome, end.Because);
        Line(text, "");
        Line(text,
            $"**{words.Name}**{words.Title[words.Name.Length..]}: {Safe(words.Happened)} {Safe(words.NextStep)}");
    }

    private static void Evidence(StringBuilder text, ReleasePlan plan, ReleaseEvent what)
    {
        var (step, judgement) = what switch
        {
            ReleaseEvent.Judged judged => (judged.Step, judged.Judgement),
            ReleaseEvent.BakeExpired expired => (expired.Step, expired.Judgement),
            ReleaseEvent.RolloutHeld held => (held.Step, held.Judgement),
            _ => (0, null),
        };
        if (judgement is null) return;

        Line(text, "");
        Line(text, $"### {Safe(ReleaseWords.Step(plan, step))}: {ReleaseWords.Verdict(judgement.Verdict)}");
        Line(text, "");
        Line(text, "| signal | says | seen | evidence (nats) |");
        Line(text, "| --- | --- | --- | ---: |");
        foreach (var evidence in judgement.Evidence)
        {
            Line(text, $"| {Safe(evidence.Signal)} | {ReleaseWords.Verdict(evidence.Says)} | {Safe(evidence.Words)} | {Strength(evidence)} |");
        }

        if (judgement.Missing.Count == 0) return;
        Line(text, "");
        Line(text, $"Missing: {Safe(string.Join("; ", judgement.Missing))}.");
    }

    /// <summary>Against what is needed, for what is counted; the others say it in words.</summary>
    private static string Strength(Evidence evidence) => evidence.Needed > 0
        ? string.Create(CultureInfo.InvariantCulture, $"{(double.IsFinite(evidence.Strength) ? evidence.Strength.ToString("0.0", CultureInfo.InvariantCulture) : "∞")} of {evidence.Needed:0.0}")
        : "";

    private static string Name(StageRun run) => run.IsRollback ? $"Rollback ({run.Plan.Stage})" : run.Plan.Stage.ToString();

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>On one line, and without anything that Markdown or HTML would take for its own.</summary>
    private static string Safe(string text)
    {
        var safe = new StringBuilder();
        foreach (var c in Foreign.Line(text, 500))
        {
            if (c is '\\' or '`' or '*' or '_' or '[' or ']' or '|' or '#' or '!' or '~') safe.Append('\\');
            safe.Append(c switch { '<' => "&lt;", '>' => "&gt;", '&' => "&amp;", _ => c.ToString() });
        }

        return safe.ToString();
    }

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
