using Nuke.Common.Execution;
using Nuke.Common.Tools.DotNet;

namespace Nuke.Common.CI;

/// <summary>On a server, ends the compiler and build servers that dotnet left behind, so that the job can end.</summary>
public class ShutdownDotNetAfterServerBuildAttribute : BuildExtensionAttributeBase, IOnBuildFinished
{
    public bool EnableLogging { get; set; }

    /// <summary>After the others.</summary>
    public override float Priority => -50;

    public void OnBuildFinished()
    {
        if (Build.IsServerBuild)
            ControlFlow.SuppressErrors(() => DotNetTasks.DotNet($"build-server shutdown", logOutput: EnableLogging, logInvocation: EnableLogging));
    }
}
