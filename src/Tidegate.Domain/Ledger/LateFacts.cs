namespace Tidegate;

/// <summary>Which facts may be written down after what they tell of: those of the way back, and what was
/// seen.</summary>
/// <remarks>Protecting users comes before the record of it. Whatever leads forward is recorded first, or is not
/// done.</remarks>
public static class LateFacts
{
    /// <param name="run">The stage run that the stream stands in; null: none yet.</param>
    public static bool MayBe(Release? run, LedgerFact fact) => fact switch
    {
        LedgerFact.Planned { Plan.Steps.Count: 0 } => true,
        LedgerFact.Intended => run?.State is ReleaseState.RollingBack or ReleaseState.Withdrawing,
        LedgerFact.Happened happened => run is { State.IsFinal: false } && LeadsBack(run, happened.Event),

        // Evidence alone changes nothing: what is concluded from it does, and that is asked here too.
        LedgerFact.ComparisonSaw or LedgerFact.ComparisonEnded or LedgerFact.RolloutSaw => true,
        _ => false,
    };

    private static bool LeadsBack(Release run, ReleaseEvent what) =>
        ReleaseMachine.Evolve(run, what).State
            is ReleaseState.RollingBack or ReleaseState.RolledBack or ReleaseState.RollbackIncomplete
            or ReleaseState.Withdrawing;
}
