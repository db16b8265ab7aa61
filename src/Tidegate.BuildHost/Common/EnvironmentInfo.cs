using System.Collections;
using System.Collections.ObjectModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Nuke.Common.IO;
using Nuke.Common.Utilities;
using Tidegate.BuildHost.Parameters;

namespace Nuke.Common;

/// <summary>The machine and process around the build.</summary>
public static partial class EnvironmentInfo
{
    public static string NewLine => Environment.NewLine;
    public static string MachineName => Environment.MachineName;
    public static FrameworkName Framework => new(AppContext.TargetFrameworkName ?? $".NETCoreApp,Version=v{Environment.Version.ToString(2)}");

    public static bool IsWin => OperatingSystem.IsWindows();
    public static bool IsOsx => OperatingSystem.IsMacOS();
    public static bool IsLinux => OperatingSystem.IsLinux();
    public static bool IsUnix => IsOsx || IsLinux;
    public static bool IsWsl => IsLinux && File.Exists("/proc/version") && File.ReadAllText("/proc/version").Contains("microsoft", StringComparison.OrdinalIgnoreCase);
    public static bool IsArm64 => RuntimeInformation.OSArchitecture == Architecture.Arm64;
    public static bool Is64Bit => IntPtr.Size == 8;
    public static bool Is32Bit => !Is64Bit;

    public static PlatformFamily Platform => IsWin ? PlatformFamily.Windows
        : IsOsx ? PlatformFamily.OSX
        : IsLinux ? PlatformFamily.Linux
        : PlatformFamily.Unknown;

    public static AbsolutePath WorkingDirectory
    {
        get => Directory.GetCurrentDirectory();
        set => Directory.SetCurrentDirectory(value);
    }

    public static IDisposable SwitchWorkingDirectory(AbsolutePath path)
    {
        var before = WorkingDirectory;
        return DelegateDisposable.CreateBracket(() => WorkingDirectory = path, () => WorkingDirectory = before);
    }

    public static AbsolutePath SpecialFolder(SpecialFolders folder)
    {
        var path = Environment.GetFolderPath(Enum.Parse<Environment.SpecialFolder>(folder.ToString()));
        return path.Length == 0 ? null : (AbsolutePath)path;
    }

    /// <summary>The variables as they are now. Names follow the platform: case counts except on Windows.</summary>
    public static ReadOnlyDictionary<string, string> Variables
    {
        get
        {
            var variables = new Dictionary<string, string>(IsWin ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
            foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables())
                variables[(string)entry.Key] = (string)entry.Value;
            return variables.AsReadOnly();
        }
    }

    public static IReadOnlyCollection<string> Paths =>
        (GetVariable("PATH") ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

    public static string GetVariable(string name) => Environment.GetEnvironmentVariable(name);

    public static T GetVariable<T>(string name, char? separator = null) =>
        GetVariable(name) is { } text ? (T)ValueConverter.FromText(text, typeof(T), separator) : default;

    public static bool HasVariable(string name, bool allowEmpty = false) => allowEmpty ? GetVariable(name) != null : !string.IsNullOrEmpty(GetVariable(name));

    public static void SetVariable(string name, string value) => Environment.SetEnvironmentVariable(name, value);

    public static void SetVariable<T>(string name, T value) => SetVariable(name, value?.ToString());

    public static void RemoveVariable(string name) => Environment.SetEnvironmentVariable(name, null);

    public static string ExpandVariables(string value) => Environment.ExpandEnvironmentVariables(value);
}
