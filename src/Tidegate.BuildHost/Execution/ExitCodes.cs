using Nuke.Common;

namespace Tidegate.BuildHost.Execution;

/// <summary>What the process answers when the build has not set <c>ExitCode</c>.</summary>
internal static class ExitCodes
{
    public const int Succeeded = 0;
    public const int Failed = 1;

    /// <summary>Called or written wrongly; nothing has run.</summary>
    public const int InputInvalid = 30;
    public const int Interrupted = 130;
    public const int Terminated = 143;

    /// <summary>A defect in the build host.</summary>
    public const int Internal = 255;

    /// <summary>When nothing may run: a condition that knows why has set its own code.</summary>
    public static int Refused(INukeBuild build) => build.ExitCode ?? InputInvalid;
}
