using System.Globalization;
using Nuke.Common.IO;
using Nuke.Common.Tools.Git;
using Serilog;
using Serilog.Events;

namespace Nuke.Common.Tooling;

/// <summary>What is done with files beyond reading and writing. Each answers the path.</summary>
public static class ToolingExtensions
{
    private const UnixFileMode Execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <param name="path">The file.</param>
    /// <param name="updateVcsIndex">Also tells git, for clones on Windows.</param>
    public static AbsolutePath SetExecutable(this AbsolutePath path, bool updateVcsIndex = false)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, File.GetUnixFileMode(path) | Execute);
        if (updateVcsIndex)
            GitTasks.Git($"update-index --chmod=+x {path}", path.Parent, logOutput: false, logInvocation: false);
        return path;
    }

    /// <param name="path">The file.</param>
    /// <param name="permissions">In octal digits, as chmod takes them: 755.</param>
    public static AbsolutePath SetUnixPermissions(this AbsolutePath path, int permissions) => path.SetUnixPermissions(permissions.ToString(CultureInfo.InvariantCulture));

    /// <inheritdoc cref="SetUnixPermissions(AbsolutePath, int)"/>
    public static AbsolutePath SetUnixPermissions(this AbsolutePath path, string permissions)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, (UnixFileMode)Convert.ToInt32(permissions, 8));
        return path;
    }

    /// <param name="path">What is linked to.</param>
    /// <param name="linkPath">Where the link goes.</param>
    /// <param name="force">Whether a file or link that is there is replaced.</param>
    public static AbsolutePath AddUnixSymlink(this AbsolutePath path, AbsolutePath linkPath, bool force = false)
    {
        if (force)
            linkPath.DeleteFile();
        linkPath.Parent.CreateDirectory();
        File.CreateSymbolicLink(linkPath, path);
        return path;
    }

    /// <summary>Logs the text of a file, line by line.</summary>
    public static AbsolutePath Print(this AbsolutePath path, LogEventLevel level = LogEventLevel.Information)
    {
        foreach (var line in path.ReadAllLines())
            Log.Write(level, "{Line:l}", line);
        return path;
    }

    /// <summary>With the program that this machine opens such a file with.</summary>
    public static void Open(this AbsolutePath path)
    {
        using var opened = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(path) { UseShellExecute = true });
    }
}
