using System.Text;
using Nuke.Common.Execution;
using Nuke.Common.IO;
using Nuke.Common.Utilities;
using Tidegate.BuildHost.Execution;

namespace Nuke.Common.CI;

/// <summary>Writes the file from which a CI server learns what to run.</summary>
public interface IConfigurationGenerator
{
    /// <summary>What <c>--generate-configuration</c> names it by.</summary>
    string Id { get; }
    string DisplayName { get; }
    string HostName { get; }
    Type HostType { get; }

    /// <summary>NUKE writes on every local run when true. Here files are written only on request.</summary>
    bool AutoGenerate { get; }
    IEnumerable<AbsolutePath> GeneratedFiles { get; }

    void Generate(IReadOnlyCollection<ExecutableTarget> executableTargets);

    /// <summary>Hands values of this process to another one; nothing here needs it.</summary>
    void SerializeState();
}

/// <summary>Something that can be written into such a file.</summary>
public abstract class ConfigurationEntity
{
    public abstract void Write(CustomFileWriter writer);
}

/// <summary>The base class of <c>[GitHubActions]</c> and its kin. Nothing is written but with <c>--generate-configuration</c>.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public abstract class ConfigurationAttributeBase : Attribute, IConfigurationGenerator
{
    public INukeBuild Build { get; internal set; }

    public abstract Type HostType { get; }
    public abstract AbsolutePath ConfigurationFile { get; }
    public abstract IEnumerable<AbsolutePath> GeneratedFiles { get; }

    /// <summary>Targets that the server runs.</summary>
    public abstract IEnumerable<string> RelevantTargetNames { get; }

    /// <summary>Targets that never appear, even when others depend on them.</summary>
    public abstract IEnumerable<string> IrrelevantTargetNames { get; }

    public string HostName => HostType.Name;
    public virtual string IdPostfix => null;
    public string Id => IdPostfix is { } postfix ? $"{HostName}_{postfix}" : HostName;
    public string DisplayName => IdPostfix is { } postfix ? $"{HostName} ({postfix})" : HostName;
    public bool AutoGenerate { get; set; } = true;

    protected virtual string BuildCmdPath => "build.cmd";

    public abstract CustomFileWriter CreateWriter(StreamWriter streamWriter);

    /// <param name="relevantTargets">The relevant targets with all that they need, in the order of the plan.</param>
    public abstract ConfigurationEntity GetConfiguration(IReadOnlyCollection<ExecutableTarget> relevantTargets);

    public void Generate(IReadOnlyCollection<ExecutableTarget> executableTargets)
    {
        var problems = new List<Problem>();
        var chosen = RelevantTargetNames.Select(name => TargetChoice.Find([.. executableTargets], name, $"[{HostType.Name}]", problems)).ToArray();
        if (problems.Count > 0)
            throw new UsageException(problems);
        var irrelevant = IrrelevantTargetNames.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var relevant = Planner.Plan([.. executableTargets], chosen).Where(target => !irrelevant.Contains(target.Name)).ToArray();

        using var stream = CreateStream();
        GetConfiguration(relevant).Write(CreateWriter(stream));
    }

    public virtual void SerializeState() { }

    protected virtual StreamWriter CreateStream()
    {
        ConfigurationFile.Parent.CreateDirectory();
        return new StreamWriter(ConfigurationFile, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
    }
}

/// <summary>The base class for servers that run each target as a job of its own.</summary>
public abstract class ChainedConfigurationAttributeBase : ConfigurationAttributeBase
{
    /// <summary>Targets that get no job of their own: they run in the jobs of those that need them.</summary>
    public string[] NonEntryTargets { get; set; } = [];

    /// <summary>Targets that are left out.</summary>
    public string[] ExcludedTargets { get; set; } = [];

    public override IEnumerable<string> IrrelevantTargetNames => ExcludedTargets;

    /// <summary>What the job of a target runs: those without a job that it needs, then itself.</summary>
    protected IEnumerable<ExecutableTarget> GetInvokedTargets(ExecutableTarget executableTarget, IReadOnlyCollection<ExecutableTarget> relevantTargets)
    {
        var needed = new HashSet<ExecutableTarget> { executableTarget };
        foreach (var target in relevantTargets.Reverse())
        {
            if (needed.Contains(target))
                needed.UnionWith(target.ExecutionDependencies.Where(IsWithoutJob));
        }

        return relevantTargets.Where(needed.Contains);
    }

    /// <summary>Targets whose jobs come before that of the given one, also through targets without a job.</summary>
    protected IEnumerable<ExecutableTarget> GetTargetDependencies(ExecutableTarget executableTarget) => executableTarget.ExecutionDependencies
        .SelectMany(target => IsWithoutJob(target) ? GetTargetDependencies(target) : [target])
        .Where(target => !IsNamed(ExcludedTargets, target))
        .Distinct();

    internal bool IsWithoutJob(ExecutableTarget target) => IsNamed(NonEntryTargets, target);

    private static bool IsNamed(string[] names, ExecutableTarget target) => names.Contains(target.Name, StringComparer.OrdinalIgnoreCase);
}
