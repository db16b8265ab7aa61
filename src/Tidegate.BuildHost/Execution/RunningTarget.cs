using Nuke.Common.Execution;

namespace Tidegate.BuildHost.Execution;

/// <summary>The target that the calling code belongs to, also in the tasks and threads that it has started.</summary>
internal static class RunningTarget
{
    private static readonly AsyncLocal<ExecutableTarget> Here = new();

    /// <summary>Null outside of targets.</summary>
    public static ExecutableTarget Current
    {
        get => Here.Value;
        set => Here.Value = value;
    }
}
