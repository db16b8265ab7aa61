using System.Globalization;

namespace Tidegate.Pipeline.Reports;

/// <summary>A comparison window by window: plain words first, numbers after.</summary>
internal static class Explanation
{
    /// <summary>More rows than fit on two screens help nobody; changes of share, phase and readability are always shown.</summary>
    private const int MostRows = 60;

    public static IEnumerable<string> Of(StageRun run, ComparisonRecord record)
    {
        var step = run.Plan.Steps[record.Step];
        var plan = step.Comparison!;
        var comparison = record.Begin(plan);
        var rows = new List<(string Text, bool Change)>();
        foreach (var window in record.Windows)
        {
            var next = comparison.Add(window);
            rows.Add((Row(next, window), next.State.Phase != comparison.State.Phase || next.Share != comparison.Share || window.Missing is not null));
            comparison = next;
        }

        yield return $"{run.Plan.Stage} of {ReleaseWords.Artifact(run.Plan.Candidate)} in {run.Plan.Environment}: {ReleaseWords.Step(run.Plan, record.Step)}";
        foreach (var evidence in ComparisonEvidence.Of(comparison)) yield return $"  {Foreign.Line(evidence.Signal, 120)}: {Foreign.Line(evidence.Words, 400)}";
        foreach (var missing in ComparisonEvidence.Missing(comparison)) yield return $"  missing: {Foreign.Line(missing)}";
        yield return string.Create(CultureInfo.InvariantCulture, $"  before it began the running version answered {record.Reference.Requests} requests, failed {record.Reference.FailureRate:P2} and took at most {record.Reference.At50.Edge:0.#} / {record.Reference.At90.Edge:0.#} / {record.Reference.At99.Edge:0.#} ms for 50 / 90 / 99 % of them");
        if (record.Reference.Fresh is { } fresh) yield return $"  compared with instances that were started with it: {Foreign.Line(string.Join(", ", fresh))}";
        yield return string.Create(CultureInfo.InvariantCulture, $"  gate {plan.Name}: {comparison.Accusation.Needed:0.0} nats against it roll it back; {Math.Log(1 / plan.Options.Beta):0.0} nats for it promote it");
        yield return "     judged    share   new requests   failed   old requests   failed   against   for   ruled out";
        var every = Math.Max(1, rows.Count / MostRows);
        for (var i = 0; i < rows.Count; i++)
        {
            if (rows[i].Change || i % every == 0 || i == rows.Count - 1) yield return rows[i].Text;
        }
    }

    private static string Row(Comparison comparison, ComparisonWindow window)
    {
        var (state, share) = (comparison.State, new TrafficShare(window.Share));
        if (window.Missing is { } missing) return $"  {Words.Seconds(state.Judged),9}  {share,7}   not read: {Foreign.Line(missing, 120)}";

        var (seen, clear) = (window.Requests, state.For);
        var evidence = Math.Max(0, Math.Min(clear.FailuresLogValue, Math.Min(clear.Slow99.LogValue, clear.Slow50.LogValue)));
        return string.Create(CultureInfo.InvariantCulture, $"  {Words.Seconds(state.Judged),9}  {share,7}   {seen.Candidate,12}   {seen.CandidateEvents,6}   {seen.Baseline,12}   {seen.BaselineEvents,6}   {state.Against.LogValue,7:0.00}   {evidence,3:0.0}   {clear.Bound.WorstRate,9:P1}")
            + (window.Incident is { } incident ? $"   incident: {Foreign.Line(incident, 80)}" : state.Incident.On ? "   incident" : "")
            + (state.Phase == GatePhase.Ramp ? "" : $"   {Phase(state.Phase)}");
    }

    private static string Phase(GatePhase phase) => phase switch
    {
        GatePhase.RolledBack => "roll back",
        GatePhase.Watch => "promoted",
        GatePhase.Released => "released",
        GatePhase.Probe => "probe",
        GatePhase.Held => "held",
        _ => "",
    };
}
