namespace Nuke.Common.Execution;

/// <summary>An attribute on the build class that takes part in the build's life.</summary>
public interface IBuildExtension
{
    /// <summary>Higher ones go first.</summary>
    float Priority { get; }
}

public interface IOnBuildCreated : IBuildExtension
{
    void OnBuildCreated(IReadOnlyCollection<ExecutableTarget> executableTargets);
}

public interface IOnBuildInitialized : IBuildExtension
{
    void OnBuildInitialized(IReadOnlyCollection<ExecutableTarget> executableTargets, IReadOnlyCollection<ExecutableTarget> executionPlan);
}

public interface IOnBuildFinished : IBuildExtension
{
    void OnBuildFinished();
}

public interface IOnTargetRunning : IBuildExtension
{
    void OnTargetRunning(ExecutableTarget target);
}

public interface IOnTargetSkipped : IBuildExtension
{
    void OnTargetSkipped(ExecutableTarget target);
}

public interface IOnTargetSucceeded : IBuildExtension
{
    void OnTargetSucceeded(ExecutableTarget target);
}

public interface IOnTargetFailed : IBuildExtension
{
    void OnTargetFailed(ExecutableTarget target);
}

public interface IOnTargetSummaryUpdated : IBuildExtension
{
    void OnTargetSummaryUpdated(INukeBuild build, ExecutableTarget target);
}

/// <summary>The base class of such attributes.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Interface)]
public abstract class BuildExtensionAttributeBase : Attribute, IBuildExtension
{
    public INukeBuild Build { get; internal set; }

    public virtual float Priority { get; set; }
}

/// <summary>Hides the variables that Visual Studio sets and MSBuild stumbles over.</summary>
public class UnsetVisualStudioEnvironmentVariablesAttribute : BuildExtensionAttributeBase, IOnBuildCreated
{
    private static readonly string[] Names =
        ["VisualStudioDir", "VisualStudioEdition", "VisualStudioVersion", "VSAPPIDDIR", "VSAPPIDNAME", "VSINSTALLDIR", "VSLANG", "MSBuildLoadMicrosoftTargetsReadOnly"];

    public void OnBuildCreated(IReadOnlyCollection<ExecutableTarget> executableTargets)
    {
        foreach (var name in Names)
            EnvironmentInfo.RemoveVariable(name);
    }
}
