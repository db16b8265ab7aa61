using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Tidegate.LocalCloud.Contract;

namespace Tidegate.Platforms.Local;

/// <summary>The cloud's program, run from a private copy, so that compiling does not change the files under a running one.</summary>
/// <param name="binaries">The folder that lies beside the build's own program.</param>
public sealed class CarriedCloud(CloudPlaces places, string binaries)
{
    private const string Program = "Tidegate.LocalCloud.dll";

    /// <summary>The folder that a build carries along.</summary>
    public static string Folder => Path.Combine(AppContext.BaseDirectory, "localcloud");

    /// <summary>Starts the cloud and returns when it answers; if one runs already, that is well.</summary>
    /// <exception cref="LocalCloudException">It does not start; the message says what it said.</exception>
    public Task LaunchAsync(CancellationToken cancellationToken) => RunAsync(copy => ["--build", Path.GetFileName(copy)], cancellationToken);

    /// <summary>Ends what a killed cloud left running, without starting one, and tells what was done.</summary>
    /// <exception cref="LocalCloudException">A cloud runs.</exception>
    public Task<string> SweepAsync(bool forget, CancellationToken cancellationToken) =>
        RunAsync(_ => [forget ? "--sweep-and-forget" : "--sweep"], cancellationToken);

    private async Task<string> RunAsync(Func<string, IReadOnlyList<string>> arguments, CancellationToken cancellationToken)
    {
        try
        {
            places.Ensure();
            var copy = PrivateCopy();
            var start = new ProcessStartInfo(
                Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet",
                ["exec", Path.Combine(copy, Program), "--state", places.State, "--run", places.Run, .. arguments(copy)])
            {
                WorkingDirectory = places.State,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using var program = Process.Start(start) ?? throw new LocalCloudException("The local cloud could not be started.");
            var said = program.StandardOutput.ReadToEndAsync(cancellationToken);
            var complained = program.StandardError.ReadToEndAsync(cancellationToken);
            await program.WaitForExitAsync(cancellationToken);
            return program.ExitCode == 0 ? (await said).Trim() : throw new LocalCloudException((await complained).Trim());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or PlatformNotSupportedException or System.ComponentModel.Win32Exception)
        {
            throw new LocalCloudException($"The local cloud could not be started: {exception.Message}", exception);
        }
    }

    private string PrivateCopy()
    {
        if (!File.Exists(Path.Combine(binaries, Program)))
            throw new LocalCloudException($"The local cloud's program is not in {binaries}. Build the whole solution: ./build.sh does.");

        var all = Path.Combine(places.State, "bin");
        var copy = Path.Combine(all, Hash());
        if (!Directory.Exists(copy))
        {
            var making = $"{copy}.{Environment.ProcessId}";
            foreach (var file in Files())
            {
                var to = Path.Combine(making, Path.GetRelativePath(binaries, file));
                Directory.CreateDirectory(Path.GetDirectoryName(to)!);
                File.Copy(file, to, overwrite: true);
            }

            MoveOrUse(making, copy);
        }

        // No cloud answered, so nothing runs from an older copy.
        foreach (var old in Directory.EnumerateDirectories(all).Where(d => d != copy && !Path.GetFileName(d).StartsWith(Path.GetFileName(copy), StringComparison.Ordinal))) Directory.Delete(old, recursive: true);
        return copy;
    }

    private static void MoveOrUse(string making, string copy)
    {
        try
        {
            Directory.Move(making, copy);
        }
        catch (IOException) when (Directory.Exists(copy))
        {
            // Another build was quicker, with the same bytes.
            Directory.Delete(making, recursive: true);
        }
    }

    private string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in Files())
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetRelativePath(binaries, file)));
            hash.AppendData(File.ReadAllBytes(file));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    private IEnumerable<string> Files() =>
        Directory.EnumerateFiles(binaries, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".pdb", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
}
