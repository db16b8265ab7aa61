using System.Reflection;
using Nuke.Common.ValueInjection;

namespace Nuke.Common.Tooling;

/// <summary>Attributes that fill a member of type <see cref="Tool"/>.</summary>
public abstract class ToolInjectionAttributeBase : ValueInjectionAttributeBase
{
    public override bool SuppressWarnings => true;

    public abstract ToolRequirement GetRequirement(MemberInfo member);
}

/// <summary>A program on the PATH, by default named as the member. The variable <c>NAME_EXE</c> overrides.</summary>
public class PathVariableAttribute(string pathExecutable = null) : ToolInjectionAttributeBase
{
    private readonly string _executable = pathExecutable;

    public override ToolRequirement GetRequirement(MemberInfo member) => new PathToolRequirement(NameFor(member));

    public override object GetValue(MemberInfo member, object instance) => ToolResolver.GetEnvironmentOrPathTool(NameFor(member));

    private string NameFor(MemberInfo member) => _executable ?? member.Name.ToLowerInvariant();
}

/// <summary>A program at a path, a relative one from the root directory.</summary>
public class LocalPathAttribute : ToolInjectionAttributeBase
{
    private readonly string _path;

    public LocalPathAttribute(string absoluteOrRelativePath) => _path = absoluteOrRelativePath;

    public LocalPathAttribute(string windowsPath, string unixPath) => _path = EnvironmentInfo.IsWin ? windowsPath : unixPath;

    public override ToolRequirement GetRequirement(MemberInfo member) => null;

    public override object GetValue(MemberInfo member, object instance) =>
        ToolResolver.TryGetEnvironmentTool(member.Name) ?? ToolResolver.GetTool(Path.IsPathRooted(_path) ? _path : NukeBuild.RootDirectory / _path);
}
