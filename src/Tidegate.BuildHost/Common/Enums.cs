namespace Nuke.Common;

/// <summary>What happens with the dependencies of a skipped target that nothing else needs.</summary>
public enum DependencyBehavior
{
    Skip,
    Execute,
}

/// <summary>How much is logged: everything, from debug, from warnings, only errors.</summary>
public enum Verbosity
{
    Verbose,
    Normal,
    Minimal,
    Quiet,
}

public enum LogLevel
{
    Trace,
    Normal,
    Warning,
    Error,
}

public enum DefaultOutput
{
    Logo,
    TargetHeader,
    TargetCollapse,
    ErrorsAndWarnings,
    TargetOutcome,
    BuildOutcome,
    Timestamps,
}

public enum PlatformFamily
{
    Unknown,
    Windows,
    Linux,
    OSX,
}

public enum SpecialFolders
{
    ProgramFiles,
    ProgramFilesX86,
    LocalApplicationData,
    ApplicationData,
    CommonApplicationData,
    Windows,
    System,
    UserProfile,
}
