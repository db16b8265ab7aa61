using System.Reflection;

namespace Nuke.Common.Tooling;

public interface IRequireTool;

public interface IRequireToolWithVersion;

public interface IRequirePathTool : IRequireTool;

/// <summary>A tool that has to be there before the build starts.</summary>
public class ToolRequirement
{
    public ToolRequirement() { }

    internal static ToolRequirement For(Type tool, string version) => tool.GetCustomAttribute<PathToolAttribute>() is { } path && version is null
        ? new PathToolRequirement(path.Executable)
        : throw new NotSupportedException($"'{tool.Name}' is not a tool on the PATH: this host brings no packages in.");

    /// <summary>What is missing, or null.</summary>
    internal virtual string Missing => null;
}

/// <inheritdoc/>
public class PathToolRequirement(string pathExecutable) : ToolRequirement
{
    public string PathExecutable { get; set; } = pathExecutable;

    internal override string Missing => ToolPathResolver.Find(PathExecutable) is null ? $"the program '{PathExecutable}' is not on the PATH" : null;
}
