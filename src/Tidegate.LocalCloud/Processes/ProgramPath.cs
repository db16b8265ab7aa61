namespace Tidegate.LocalCloud.Processes;

/// <summary>Finds the program that a manifest names.</summary>
internal static class ProgramPath
{
    /// <summary>The host that runs the cloud itself, so that instances need no other one.</summary>
    public static string DotnetHost { get; } = FindHost();

    /// <param name="folder">The artifact's folder: a program named with a slash must lie in it.</param>
    /// <exception cref="InvalidDataException">It is not there.</exception>
    public static string Find(string program, string folder)
    {
        if (program == "dotnet") return DotnetHost;
        if (!program.Contains('/')) return OnPath(program) ?? throw new InvalidDataException($"'{program}' is not on the PATH of the cloud.");

        var path = Path.GetFullPath(program, folder);
        if (!path.StartsWith(Path.TrimEndingDirectorySeparator(folder) + "/", StringComparison.Ordinal))
            throw new InvalidDataException($"'{program}' lies outside the artifact.");
        return File.Exists(path) ? path : throw new InvalidDataException($"'{program}' is not in the artifact.");
    }

    /// <summary>An argument that names a file of the artifact becomes its whole path, since a process works in another
    /// folder; so does a folder, when it is written with a slash.</summary>
    public static string Argument(string argument, string folder)
    {
        if (argument.Length == 0 || argument[0] is '-' or '/') return argument;

        var path = Path.GetFullPath(argument, folder);
        var isThere = File.Exists(path) || (argument.Contains('/') && Directory.Exists(path));
        var isInside = path.StartsWith(Path.TrimEndingDirectorySeparator(folder) + "/", StringComparison.Ordinal);
        return isThere && isInside ? path : argument;
    }

    private static string FindHost()
    {
        string?[] candidates =
        [
            Path.GetFileName(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath : null,
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH"),
            Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 } root ? Path.Combine(root, "dotnet") : null,
            OnPath("dotnet"),
        ];
        return candidates.FirstOrDefault(File.Exists) ?? "/usr/bin/dotnet";
    }

    private static string? OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
}
