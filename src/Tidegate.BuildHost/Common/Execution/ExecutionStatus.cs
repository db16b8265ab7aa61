namespace Nuke.Common.Execution;

public enum ExecutionStatus
{
    None,
    Scheduled,

    /// <summary>Planned, but the build ended before its turn.</summary>
    NotRun,
    Skipped,
    Succeeded,
    Failed,
    Running,

    /// <summary>It was running when the build was interrupted.</summary>
    Aborted,

    /// <summary>A target without actions: stands for its dependencies, is never shown.</summary>
    Collective,
}
