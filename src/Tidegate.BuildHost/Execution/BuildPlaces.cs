using Nuke.Common.IO;

namespace Tidegate.BuildHost.Execution;

/// <summary>Where the repository and the build's project lie.</summary>
internal static class BuildPlaces
{
    public static AbsolutePath RootAbove(AbsolutePath folder) => folder?.FindParentOrSelf(candidate => (candidate / ".nuke").DirectoryExists());

    /// <summary>Beside or above the assembly, else in the root or one folder below it: with artifacts output the assembly lies elsewhere.</summary>
    public static AbsolutePath ProjectOf(BuildSession session)
    {
        if (session.BuildAssemblyFile is not { } assembly || session.TryGetRootDirectory() is not { } root)
            return null;
        var name = assembly.NameWithoutExtension + ".csproj";
        return assembly.Parent.FindParent(folder => (folder / name).FileExists()) is { } above
            ? above / name
            : Directory.EnumerateDirectories(root).Prepend((string)root).Select(folder => (AbsolutePath)folder / name).FirstOrDefault(project => project.FileExists());
    }
}
