namespace Tidegate;

/// <summary>A step's comparison as the ledger holds it: enough to go on with it after a kill, and to judge it again with another gate.</summary>
/// <param name="Step">Of the plan, from 0.</param>
/// <param name="Ended">Its verdict; null while it is under way.</param>
/// <param name="Held">The comparison that it goes on from, which had been held; null: it begins anew.</param>
public sealed record ComparisonRecord(int Step, ComparisonReference Reference, IReadOnlyList<ComparisonWindow> Windows, Verdict? Ended, ComparisonRecord? Held)
{
    /// <summary>The stream that holds a stage run's windows: apart from the releases, which are read whole at every start.</summary>
    /// <param name="sequence">Of the run's <see cref="LedgerFact.Planned"/>.</param>
    public static string Stream(string environment, long sequence) => $"windows-{sequence}-{environment}";

    public static IReadOnlyList<ComparisonRecord> Fold(IEnumerable<LedgerRecord> records)
    {
        var comparisons = new List<ComparisonRecord>();
        var windows = new List<ComparisonWindow>();
        foreach (var record in records)
        {
            switch (record.Fact())
            {
                case LedgerFact.ComparisonBegan began:
                    windows = [];
                    comparisons.Add(new(began.Step, began.Reference, windows, null, began.Reopened ? comparisons.LastOrDefault(c => c.Step == began.Step) : null));
                    break;
                case LedgerFact.ComparisonSaw saw:
                    windows.Add(saw.Window);
                    break;
                case LedgerFact.ComparisonEnded ended when comparisons.Count > 0:
                    comparisons[^1] = comparisons[^1] with { Ended = ended.Verdict };
                    break;
            }
        }

        return comparisons;
    }

    /// <summary>Judged by a plan's gate: its own, or another.</summary>
    public Comparison Judge(ComparisonPlan plan) => Windows.Aggregate(Begin(plan), (comparison, window) => comparison.Add(window));

    /// <summary>Before its first window.</summary>
    public Comparison Begin(ComparisonPlan plan) => Held is null ? Comparison.Begin(plan, Reference) : Held.Judge(plan).Reopen();
}
