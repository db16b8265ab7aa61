using Nuke.Common;

namespace Tidegate.BuildHost.Execution;

internal static class SessionOutput
{
    /// <summary>False: the build's class has <see cref="DisableDefaultOutputAttribute"/> for it.</summary>
    public static bool Shows(this BuildSession session, DefaultOutput output) =>
        !Array.Exists(session.DisabledOutputs, disabled => disabled.DisabledOutputs.Contains(output));
}
