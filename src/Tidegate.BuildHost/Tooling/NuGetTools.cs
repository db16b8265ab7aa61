using System.Reflection;

namespace Nuke.Common.Tooling;

/// <summary>
/// A program of a package: <c>[NuGetPackage("dotnet-ef", "dotnet-ef.dll")] readonly Tool Ef;</c>. The build project names the package with
/// <c>PackageDownload</c> or <c>PackageReference</c>, so restoring the build brings it. The variable <c>NAME_EXE</c> overrides.
/// </summary>
public class NuGetPackageAttribute : ToolInjectionAttributeBase
{
    private readonly string _packageId;
    private readonly string _executable;

    /// <param name="packageId">The package.</param>
    /// <param name="packageExecutable">The name of the file; several are parted by <c>|</c>.</param>
    public NuGetPackageAttribute(string packageId, string packageExecutable)
    {
        _packageId = packageId;
        _executable = packageExecutable;
    }

    public NuGetPackageAttribute(string packageId, string packageExecutable32, string packageExecutable64)
        : this(packageId, EnvironmentInfo.Is64Bit ? packageExecutable64 : packageExecutable32) { }

    /// <summary>Default: the one that the build project names.</summary>
    public string Version { get; set; }

    /// <summary>Needed when the package has the program for several frameworks.</summary>
    public string Framework { get; set; }

    public override ToolRequirement GetRequirement(MemberInfo member) => new NuGetPackageRequirement(_packageId, Version);

    public override object GetValue(MemberInfo member, object instance) =>
        ToolResolver.TryGetEnvironmentTool(member.Name) ?? ToolResolver.GetNuGetTool(_packageId, _executable, Version, Framework);
}

/// <summary>The tool comes in a package.</summary>
[AttributeUsage(AttributeTargets.Class)]
public class NuGetToolAttribute : ToolAttribute
{
    public string Id { get; set; }
    public string Executable { get; set; }
}

public interface IRequireNuGetPackage : IRequireTool, IRequireToolWithVersion;

/// <inheritdoc/>
public class NuGetPackageRequirement(string packageId, string version = null) : ToolRequirement
{
    public string PackageId { get; set; } = packageId;
    public string Version { get; set; } = version;

    internal override string Missing
    {
        get
        {
            try
            {
                _ = NuGetPackages.Folder(PackageId, Version);
                return null;
            }
            catch (FileNotFoundException exception)
            {
                return exception.Message;
            }
        }
    }
}

/// <summary>Where programs of packages lie.</summary>
public static class NuGetToolPathResolver
{
    /// <param name="packageId">The package.</param>
    /// <param name="packageExecutable">The name of the file; several are parted by <c>|</c>, the first that is there counts.</param>
    /// <param name="version">Default: the one that the build project names.</param>
    /// <param name="framework">Needed when the file is there for several.</param>
    /// <exception cref="FileNotFoundException">The package or the program is not there; the message says what to add.</exception>
    public static string GetPackageExecutable(string packageId, string packageExecutable, string version = null, string framework = null) =>
        NuGetPackages.Executable(NuGetPackages.Folder(packageId, version), packageExecutable.Split('|'), framework);
}
