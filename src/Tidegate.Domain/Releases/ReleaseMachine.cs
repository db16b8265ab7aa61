using System.Diagnostics;
using static Tidegate.ReleaseEvent;
using static Tidegate.ReleaseState;

namespace Tidegate;

/// <summary>Every transition of a release. Pure: no clock, no I/O; the same in production, in a dry run and in the tests.</summary>
public static class ReleaseMachine
{
    /// <summary>The release after something happened.</summary>
    /// <exception cref="UnreachableException">This cannot happen in this state: a defect in whoever reports it.</exception>
    public static Release Evolve(Release release, ReleaseEvent what) => release with { State = Next(release.Plan, release.State, what) };

    /// <summary>What to do in this state.</summary>
    public static ReleaseCommand Decide(Release release) => release.State switch
    {
        Placing placing => new ReleaseCommand.Place(placing.Step, placing.Share),
        Baking baking => new ReleaseCommand.Watch(baking.Step, baking.Share),
        RollingOut rolling => new ReleaseCommand.RollOut(rolling.Step, rolling.Targets),
        Withdrawing withdrawing => new ReleaseCommand.Withdraw(withdrawing.Step, withdrawing.Targets),
        RollingBack when release.Plan.RemoveAfter => new ReleaseCommand.Remove(),
        RollingBack back => new ReleaseCommand.Restore(back.Region),
        Removing => new ReleaseCommand.Remove(),
        Held held => new ReleaseCommand.End(held.For == HeldFor.Platform ? Outcome.PlatformUnknown : Outcome.Held, held.Question),
        Delivered => new ReleaseCommand.End(Outcome.Released, "healthy"),
        RolledBack back => new ReleaseCommand.End(Outcome.RolledBack, back.Because),
        RollbackIncomplete left => new ReleaseCommand.End(Outcome.RollbackIncomplete, $"{left.Because}; {left.Left}"),
        Stopped stopped => new ReleaseCommand.End(Outcome.Stopped, stopped.Because),
        var state => throw new UnreachableException($"{state} is no state of a release."),
    };

    private static ReleaseState Next(ReleasePlan plan, ReleaseState state, ReleaseEvent what) => (state, what) switch
    {
        // Final states absorb: a late result changes nothing.
        ({ IsFinal: true }, _) => state,

        (Placing s, Placed e) when e.Step == s.Step => new Baking(s.Step, s.Share),
        (Placing s, PlacementFailed e) when e.Step == s.Step => React(plan, s.Step, s.Share, e.Because),
        (Placing s, PlacementUnknown e) when e.Step == s.Step => s.Attempt < plan.Attempts
            ? s with { Attempt = s.Attempt + 1 }
            : new Held(s.Step, e.Because, HeldFor.Platform, s.Share),

        (Baking s, Judged { Judgement.Verdict: Verdict.Healthy } e) when e.Step == s.Step => Passed(plan, s.Step, []),
        (Baking s, Judged { Judgement.Verdict: Verdict.Unhealthy } e) when e.Step == s.Step => React(plan, s.Step, s.Share, e.Judgement.Because),

        // A rollout: one step until the evidence says that it is done, whatever its instances and shares are meanwhile.
        (RollingOut s, TargetsChosen e) when e.Step == s.Step => s with { Targets = e.Targets },
        (RollingOut s, Judged { Judgement.Verdict: Verdict.Healthy } e) when e.Step == s.Step => Passed(plan, s.Step, s.Targets),
        (RollingOut s, Judged { Judgement.Verdict: Verdict.Unhealthy } e) when e.Step == s.Step => GoBack(plan, e.Judgement.Because),
        (RollingOut s, PlacementFailed e) when e.Step == s.Step => plan.Reaction == Reaction.Ask
            ? new Held(s.Step, e.Because, HeldFor.Decision)
            : GoBack(plan, e.Because),
        (RollingOut s, PlacementUnknown e) when e.Step == s.Step => new Held(s.Step, e.Because, HeldFor.Platform),
        (RollingOut s, RolloutHeld e) when e.Step == s.Step => e.Back is { } back
            ? new Withdrawing(s.Step, back, e.Judgement.Because, For(e.Judgement), 1)
            : new Held(s.Step, e.Judgement.Because, For(e.Judgement)),
        (RollingOut s, Resumed or Decided { Decision: Decision.Retry }) => s,

        (Withdrawing s, Withdrawn e) when e.Step == s.Step => new Held(s.Step, s.Question, s.For),
        (Withdrawing s, WithdrawFailed e) when e.Step == s.Step => s.Attempt < plan.Attempts
            ? s with { Attempt = s.Attempt + 1 }
            : new Held(s.Step, $"{s.Question}; and users could not be taken off the new version: {e.Because}", s.For),
        (Withdrawing s, Resumed or Decided { Decision: Decision.Retry }) => s,

        // The ramp: more as the evidence grows, less never but to settle a suspicion; the same bake goes on.
        (Baking s, ShareChosen e) when e.Step == s.Step => new Placing(s.Step, 1, e.Share),

        // Too little evidence, or none to be had, is neither health nor a fault of this release: nothing moves, somebody is asked.
        (Baking s, BakeExpired e) when e.Step == s.Step => new Held(s.Step, e.Judgement.Because, HeldFor.Evidence, s.Share),

        // The step is placed again, which changes nothing if it still stands, and its bake begins anew: time not watched is not baked.
        (Held { For: not HeldFor.Decision } s, Resumed) when plan.IsRollout(s.At) => Enter(plan, s.At, []),
        (Held s, Decided { Decision: Decision.Retry }) when plan.IsRollout(s.At) => Enter(plan, s.At, []),
        (Held { For: not HeldFor.Decision } s, Resumed) => new Placing(s.At, 1, s.Share),
        (Held, Resumed) => state,
        // A new attempt after a verdict begins as the step does: with few users, and with evidence of its own.
        (Held s, Decided { Decision: Decision.Retry }) => new Placing(s.At, 1, s.For == HeldFor.Decision ? null : s.Share),
        (Baking s, Resumed or Decided { Decision: Decision.Retry }) => new Placing(s.Step, 1, s.Share),
        (Placing, Resumed or Decided { Decision: Decision.Retry }) => state,

        // What is on its way back, or done but for cleaning up, goes on so whatever is decided.
        (Removing or RollingBack, Resumed or Decided) => state,

        (Placing or Baking or RollingOut or Withdrawing or Held, Decided { Decision: Decision.RollBack } e) => GoBack(plan, $"{e.By} decided: {e.Reason}"),
        (Placing or Baking or RollingOut or Withdrawing or Held, Decided { Decision: Decision.Stop } e) => new Stopped($"{e.By} decided: {e.Reason}"),

        (Removing, Removed) => new Delivered(),
        (Removing s, RemoveFailed e) => s.Attempt < plan.Attempts
            ? s with { Attempt = s.Attempt + 1 }
            : new RollbackIncomplete("the artifact is healthy, but its environment could not be removed", e.Because),

        (RollingBack s, Removed) when plan.RemoveAfter => new RolledBack(s.Because),
        (RollingBack s, RemoveFailed e) when plan.RemoveAfter => s.Attempt < plan.Attempts
            ? s with { Attempt = s.Attempt + 1 }
            : new RollbackIncomplete(s.Because, e.Because),

        (RollingBack s, Restored e) when !plan.RemoveAfter && e.Region == s.Region => AfterRestore(plan, s),

        // A rollback is never rolled back: it is tried again, then the other regions are, then a person is needed.
        (RollingBack s, RestoreFailed e) when !plan.RemoveAfter && e.Region == s.Region => s.Attempt < plan.Attempts
            ? s with { Attempt = s.Attempt + 1 }
            : AfterRestore(plan, s with { Incomplete = Join(s.Incomplete, $"{plan.Before[s.Region].Region}: {e.Because}") }),

        _ => throw new UnreachableException($"{what} cannot happen while {state}."),
    };

    /// <summary>A step begins.</summary>
    /// <param name="targets">What the rollout desires already.</param>
    internal static ReleaseState Enter(ReleasePlan plan, int step, IReadOnlyList<RegionTarget> targets) =>
        plan.IsRollout(step) ? new RollingOut(step, targets) : new Placing(step, 1);

    private static HeldFor For(Judgement judgement) => judgement.Verdict == Verdict.Unhealthy ? HeldFor.Decision : HeldFor.Evidence;

    private static ReleaseState Passed(ReleasePlan plan, int step, IReadOnlyList<RegionTarget> targets) =>
        step + 1 < plan.Steps.Count ? Enter(plan, step + 1, targets)
        : plan.RemoveAfter ? new Removing(1)
        : new Delivered();

    private static ReleaseState React(ReleasePlan plan, int step, TrafficShare? share, string because) => plan.Reaction == Reaction.Ask
        ? new Held(step, because, HeldFor.Decision, share)
        : GoBack(plan, because);

    private static ReleaseState GoBack(ReleasePlan plan, string because) =>
        plan.RemoveAfter || plan.Before.Count > 0 ? new RollingBack(0, 1, because, null) : new RolledBack(because);

    private static ReleaseState AfterRestore(ReleasePlan plan, RollingBack at)
    {
        if (at.Region + 1 < plan.Before.Count) return at with { Region = at.Region + 1, Attempt = 1 };
        if (at.Incomplete is { } left) return new RollbackIncomplete(at.Because, left);

        // What was empty is empty again, but no earlier version serves there: only a person can say whether that is well.
        var removed = plan.Before.Where(b => b.Baseline is null).Select(b => b.Region).ToList();
        return removed.Count == 0
            ? new RolledBack(at.Because)
            : new RollbackIncomplete(at.Because, $"removed from {string.Join(", ", removed)}, where no earlier version ran");
    }

    private static string Join(string? one, string other) => one is null ? other : $"{one}; {other}";
}
