namespace Nuke.Common.Tooling;

/// <summary>Where programs lie.</summary>
public static class ToolPathResolver
{
    /// <summary>From a variable such as <c>DOTNET_EXE</c>; null when it is not set.</summary>
    public static string TryGetEnvironmentExecutable(string environmentExecutable)
    {
        var path = EnvironmentInfo.GetVariable(environmentExecutable);
        if (string.IsNullOrEmpty(path))
            return null;
        Assert.FileExists(path, $"The variable {environmentExecutable} names '{path}', which is not there");
        return path;
    }

    public static string GetPathExecutable(string pathExecutable) => Find(pathExecutable)
        ?? throw new FileNotFoundException($"The program '{pathExecutable}' is not on the PATH. Install it, or add its folder to the PATH.");

    internal static string Resolve(string tool) => Path.IsPathRooted(tool) || tool.Contains(Path.DirectorySeparatorChar) ? tool : GetPathExecutable(tool);

    internal static string Find(string name)
    {
        string[] endings = EnvironmentInfo.IsWin && !Path.HasExtension(name)
            ? (EnvironmentInfo.GetVariable("PATHEXT") ?? ".EXE;.CMD;.BAT").Split(';', StringSplitOptions.RemoveEmptyEntries)
            : [string.Empty];
        return EnvironmentInfo.Paths
            .SelectMany(folder => endings.Select(ending => Path.Combine(folder, name + ending)))
            .FirstOrDefault(IsExecutable);
    }

    private static bool IsExecutable(string path) => File.Exists(path)
        && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0);
}
