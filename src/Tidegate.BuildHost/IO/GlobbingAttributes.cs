using System.Reflection;

namespace Nuke.Common.IO;

/// <summary>Files or folders below the root directory, by patterns; a parameter of the member's name gives other patterns.</summary>
public abstract class FileSystemGlobbingAttributeBase(string[] patterns, Func<AbsolutePath, string[], IEnumerable<AbsolutePath>> globber) : ParameterAttribute
{
    internal override Type GivenType(MemberInfo member) => typeof(string[]);

    public override object GetValue(MemberInfo member, object instance) =>
        globber(NukeBuild.RootDirectory, base.GetValue(member, instance) as string[] ?? patterns).ToArray();

    public override IEnumerable<(string Text, object Object)> GetValueSet(MemberInfo member, object instance) =>
        ((AbsolutePath[])GetValue(member, instance)).Select(static path => (path.Name, (object)path));
}

/// <summary><c>[FileGlobbing("src/**/*.proto")] readonly AbsolutePath[] Contracts;</c></summary>
public class FileGlobbingAttribute(params string[] patterns)
    : FileSystemGlobbingAttributeBase(patterns, static (directory, patterns) => directory.GlobFiles(patterns));

/// <summary><c>[DirectoryGlobbing("src/*")] readonly AbsolutePath[] Services;</c></summary>
public class DirectoryGlobbingAttribute(params string[] patterns)
    : FileSystemGlobbingAttributeBase(patterns, static (directory, patterns) => directory.GlobDirectories(patterns));
