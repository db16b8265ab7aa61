using Nuke.Common.Tooling;

namespace Nuke.Common.Execution;

/// <summary>Warns of folders on the PATH that are not there.</summary>
public class CheckPathEnvironmentVariableAttribute : BuildExtensionAttributeBase, IOnBuildInitialized
{
    public void OnBuildInitialized(IReadOnlyCollection<ExecutableTarget> executableTargets, IReadOnlyCollection<ExecutableTarget> executionPlan) =>
        ProcessTasks.CheckPathEnvironmentVariable();
}
