namespace Tidegate;

/// <summary>A stage's rollout as the ledger holds it: enough to go on with it after a kill, to carry it on in the next stage, and to judge it again.</summary>
public static class RolloutRecord
{
    /// <summary>Folds a stream of windows. Null where no rollout was begun.</summary>
    /// <param name="plan">Of the stage run whose windows these are.</param>
    /// <param name="carried">The rollout that the plan continues, folded; it is gone on with and must not be used elsewhere.</param>
    /// <param name="after">Told after each window, with the rollout so far: for explanations.</param>
    public static Rollout? Fold(IEnumerable<LedgerRecord> records, RolloutPlan plan, Rollout? carried, Action<Rollout, RolloutWindow>? after = null)
    {
        Rollout? rollout = null;
        foreach (var record in records)
        {
            switch (record.Fact())
            {
                case LedgerFact.RolloutBegan began when began.Carried && carried is not null && rollout is null:
                    rollout = carried;
                    rollout.GoOn(plan, began.Reference);
                    break;
                case LedgerFact.RolloutBegan began:
                    rollout = Rollout.Begin(plan, began.Reference);
                    break;
                case LedgerFact.RolloutEntered entered:
                    rollout?.Enter(entered.Step);
                    break;
                case LedgerFact.RolloutSaw saw when rollout is not null:
                    rollout.See(saw.Window);
                    after?.Invoke(rollout, saw.Window);
                    break;
                case LedgerFact.RolloutReopened:
                    rollout?.Reopen();
                    break;
            }
        }

        return rollout;
    }
}
