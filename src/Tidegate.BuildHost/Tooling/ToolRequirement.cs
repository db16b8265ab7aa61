using System.Reflection;

namespace Nuke.Common.Tooling;

public interface IRequireTool;

public interface IRequireToolWithVersion;

public interface IRequirePathTool : IRequireTool;

/// <summary>A tool that has to be there before the build starts.</summary>
public class ToolRequirement
{
    public ToolRequirement() { }

    internal static ToolRequirement For(Type tool, string version) => tool.GetCustomAttribute<ToolAttribute>() switch
    {
        PathToolAttribute path when version is null => new PathToolRequirement(path.Executable),
        NuGetToolAttribute package => new NuGetPackageRequirement(package.Id, version),
        _ => throw new NotSupportedException($"'{tool.Name}' does not say where it comes from: it needs [PathTool] or [NuGetTool]."),
    };

    /// <summary>What is missing, or null.</summary>
    internal virtual string Missing => null;
}

/// <inheritdoc/>
public class PathToolRequirement(string pathExecutable) : ToolRequirement
{
    public string PathExecutable { get; set; } = pathExecutable;

    internal override string Missing => ToolPathResolver.Find(PathExecutable) is null ? $"the program '{PathExecutable}' is not on the PATH" : null;
}
