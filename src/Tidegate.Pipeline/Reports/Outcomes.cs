namespace Tidegate.Pipeline.Reports;

/// <summary>How a command ended, for people: the exit code's name, what it means, and what to do next.</summary>
/// <param name="Name">As DESIGN and the documentation call it, for example <c>ROLLED_BACK</c>.</param>
/// <param name="Happened">One sentence, the reason included.</param>
/// <param name="NextStep">What to do.</param>
public sealed record OutcomeWords(Outcome Outcome, string Name, string Happened, string NextStep)
{
    /// <summary>The name with the exit code of the command, where this end decides it: a rollback that was asked for
    /// ends with 0.</summary>
    public string Title => Name == Outcomes.TakenBack ? Name : $"{Name} (exit {(int)Outcome})";

    public override string ToString() => $"{Title}: {Happened} {NextStep}";
}

/// <summary>The closing words of a command.</summary>
public static class Outcomes
{
    internal const string TakenBack = "TAKEN_BACK";

    /// <summary>Said of a rollback that a person asked for.</summary>
    internal const string AskedFor = " asked to take ";

    /// <summary>What a first release leaves when all of it could be removed: what is unknown then is nothing.</summary>
    private const string Removed = ", where no earlier version ran";

    /// <summary>Said when environments before it were not taken back either.</summary>
    internal const string BeforeIt = "and not everything before it could be taken back";

    /// <param name="because">The reason, from the run itself; may hold text that others wrote.</param>
    public static OutcomeWords Describe(Outcome outcome, string because)
    {
        var (name, happened, next) = outcome switch
        {
            Outcome.Released => ("RELEASED", "Delivered and healthy", "Nothing to do; the next stage may run."),
            Outcome.BuildFailed => ("BUILD_FAILED", "Compile, analysis, unit test or package failed; nothing was released", "Mend what is named above and run the command again."),
            Outcome.RolledBack when because.Contains(AskedFor, StringComparison.Ordinal) =>
                (TakenBack, "Taken back; every touched place is as it was, verified", "Nothing to do here."),
            Outcome.RolledBack => ("ROLLED_BACK", "Unhealthy; every touched place is back as it was, verified", "Look at the evidence, mend the change, and release it as a new version: this one is not tried again by itself."),
            Outcome.RollbackIncomplete when because.Contains(Removed, StringComparison.Ordinal)
                && !because.Contains(BeforeIt, StringComparison.Ordinal) =>
                    ("ROLLBACK_INCOMPLETE",
                        "Removed again, as nothing ran there before: no earlier version serves in its place",
                        "A person is needed now: ./build.sh Status shows what runs where; mend the change and release it as a new version."),
            Outcome.RollbackIncomplete => ("ROLLBACK_INCOMPLETE", "Not everything could be brought back; what runs is mixed or unknown", "A person is needed now: ./build.sh Status shows what runs where, ./build.sh Rollback tries again."),
            Outcome.Held => ("HELD", "Waiting; nothing was changed since", "Call the same command again to go on, or decide: --decision Retry, RollBack or Stop, with --reason."),
            Outcome.Stopped => ("STOPPED", "Stopped; all stays as it is", "Release a hotfix; it takes this one's place."),
            Outcome.Superseded => ("SUPERSEDED", "A newer release took this place before anything was touched", "Nothing to do; follow the newer release."),
            Outcome.InputInvalid => ("INPUT_INVALID", "Configuration or usage is wrong; nothing was touched", "Mend what is named above and run the command again."),
            Outcome.PolicyRefused => ("POLICY_REFUSED", "Something that must come first is missing; nothing was touched", "Do what is named above first: the earlier stage, the review, or the proof."),
            Outcome.LedgerRefused => ("LEDGER_REFUSED", "The ledger is damaged, foreign or cannot be written; nothing follows that it cannot record", "Bring back the ledger, or make its folder writable; do not edit it."),
            Outcome.Locked => ("LOCKED", "Another run owns the environment", "Wait until it ends, then run the command again."),
            Outcome.PlatformUnknown => ("PLATFORM_UNKNOWN", "The effect of a command could not be determined", "Look at the platform (./build.sh Status), then call the same command again: it goes on from what it sees."),
            Outcome.Interrupted or Outcome.Terminated => ("PARKED", "Stopped in an orderly way; the ledger knows how far it came", "Call the same command again to go on."),
            _ => ("INTERNAL", "A defect in Tidegate", "Please report it with the log; the ledger is in order, so the command can be called again."),
        };

        var reason = Foreign.Line(because).Trim().TrimEnd('.');
        return new(outcome, name, reason.Length == 0 || outcome == Outcome.Released && reason == "healthy" ? happened + "." : $"{happened}. Reason: {reason}.", next);
    }
}
