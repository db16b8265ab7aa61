namespace Tidegate;

/// <summary>How a command ended. The number is the process's exit code and never changes its meaning.</summary>
public enum Outcome
{
    /// <summary>The stage is delivered and healthy.</summary>
    Released = 0,

    /// <summary>Compile, analysis, unit test or package failed.</summary>
    BuildFailed = 1,

    /// <summary>Unhealthy; every touched place is back as it was, verified.</summary>
    RolledBack = 10,

    /// <summary>Mixed or unknown state; a person is needed.</summary>
    RollbackIncomplete = 11,

    /// <summary>Waiting for a bake, a window, missing data or a decision; call again.</summary>
    Held = 20,

    /// <summary>Stopped for a hotfix.</summary>
    Stopped = 21,

    /// <summary>A newer release took this place before anything was touched.</summary>
    Superseded = 22,

    /// <summary>Configuration or usage; nothing was touched.</summary>
    InputInvalid = 30,

    /// <summary>Review, proof, provenance or an earlier stage is missing; nothing was touched.</summary>
    PolicyRefused = 31,

    /// <summary>The ledger is corrupt, foreign or cannot be written.</summary>
    LedgerRefused = 40,

    /// <summary>Another live run owns the environment.</summary>
    Locked = 41,

    /// <summary>The effect of a command could not be determined.</summary>
    PlatformUnknown = 50,

    /// <summary>Interrupted (SIGINT) in an orderly way; call again.</summary>
    Interrupted = 130,

    /// <summary>Terminated (SIGTERM) in an orderly way; call again.</summary>
    Terminated = 143,

    /// <summary>A defect in Tidegate.</summary>
    Internal = 255,
}
