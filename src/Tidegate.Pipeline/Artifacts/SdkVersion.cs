using System.Runtime.InteropServices;

namespace Tidegate.Pipeline;

/// <summary>Which .NET SDK a folder's <c>global.json</c> chooses, asked of the host library that chooses it for <c>dotnet</c>: in a millisecond, without a process.</summary>
/// <remarks><c>hostfxr_resolve_sdk2</c> is part of .NET's hosting interface, which MSBuild's locator uses too.</remarks>
internal static class SdkVersion
{
    private const int ResolvedSdkFolder = 0;

    private delegate int Resolve(IntPtr executableFolder, IntPtr workingFolder, int flags, Told told);

    private delegate void Told(int key, IntPtr value);

    /// <returns>For example 10.0.401; null when the library is not where it is expected, or finds none: then <c>dotnet --version</c> says more.</returns>
    public static string? Of(string folder)
    {
        // .../shared/Microsoft.NETCore.App/10.0.1/ is what runs this; the host library is beside it.
        var root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        var versions = Path.Combine(root, "host", "fxr");
        if (!Directory.Exists(versions)) return null;

        var name = OperatingSystem.IsWindows() ? "hostfxr.dll" : OperatingSystem.IsMacOS() ? "libhostfxr.dylib" : "libhostfxr.so";
        foreach (var library in Directory.GetDirectories(versions).OrderByDescending(Number).Select(v => Path.Combine(v, name)))
        {
            if (NativeLibrary.TryLoad(library, out var handle) && NativeLibrary.TryGetExport(handle, "hostfxr_resolve_sdk2", out var function)) return Ask(function, root, folder);
        }

        return null;
    }

    private static Version Number(string folder) => Version.TryParse(Path.GetFileName(folder).Split('-')[0], out var number) ? number : new();

    private static string? Ask(IntPtr function, string root, string folder)
    {
        string? sdk = null;
        var (executable, working) = (ToNative(root), ToNative(folder));
        try
        {
            Told told = (key, value) => sdk = key == ResolvedSdkFolder ? FromNative(value) : sdk;
            var code = Marshal.GetDelegateForFunctionPointer<Resolve>(function)(executable, working, 0, told);
            GC.KeepAlive(told);
            return code == 0 && sdk is not null ? Path.GetFileName(sdk) : null;
        }
        finally
        {
            Marshal.FreeCoTaskMem(executable);
            Marshal.FreeCoTaskMem(working);
        }
    }

    private static IntPtr ToNative(string text) => OperatingSystem.IsWindows() ? Marshal.StringToCoTaskMemUni(text) : Marshal.StringToCoTaskMemUTF8(text);

    private static string? FromNative(IntPtr text) => OperatingSystem.IsWindows() ? Marshal.PtrToStringUni(text) : Marshal.PtrToStringUTF8(text);
}
