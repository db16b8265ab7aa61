using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Tidegate.LocalCloud.Contract;

namespace Tidegate.Platforms.Local;

/// <summary>Finds the clone's cloud, or starts it so that it outlives the build.</summary>
/// <param name="binaries">The folder of the program, beside the build's own; a private copy is run, so that compiling does not
/// change the files under a running program.</param>
public sealed class LocalCloudProcess(CloudPlaces places, LocalCloudClient client, string binaries, TimeProvider time)
{
    private const string Program = "Tidegate.LocalCloud.dll";
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(30);

    /// <summary>The folder that a build carries beside its own program.</summary>
    public static string CarriedBinaries => Path.Combine(AppContext.BaseDirectory, "localcloud");

    /// <summary>Returns when the cloud answers.</summary>
    /// <exception cref="LocalCloudException">It does not start, or another version of it runs; the message says what to do.</exception>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        if (await client.InfoAsync(cancellationToken) is { } running)
        {
            if (running.Protocol == CloudProtocol.Version) return;
            throw new LocalCloudException($"The running local cloud (process {running.Pid}) speaks protocol {running.Protocol}, this build {CloudProtocol.Version}. Stop it with the target LocalDown of the build that started it, then call again.");
        }

        places.Ensure();
        using var process = Start(PrivateCopy());
        using var deadline = new CancellationTokenSource(StartDeadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            while (await client.InfoAsync(either.Token) is null) await Task.Delay(TimeSpan.FromMilliseconds(20), time, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new LocalCloudException($"The local cloud did not answer within {StartDeadline.TotalSeconds:0} s{(process.HasExited ? $"; it exited with {process.ExitCode}" : "")}. Its log is {places.Log}.");
        }
    }

    private Process Start(string program)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            UseShellExecute = false,
            WorkingDirectory = places.State,
            // It closes these when it detaches; until then they are pipes of ours, never the CI agent's.
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in new[] { program, "--state", places.State, "--run", places.Run, "--build", Path.GetFileName(Path.GetDirectoryName(program))! })
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start) ?? throw new LocalCloudException("The local cloud could not be started.");
    }

    private string PrivateCopy()
    {
        if (!File.Exists(Path.Combine(binaries, Program)))
        {
            throw new LocalCloudException($"The local cloud's program is not in {binaries}. Build the whole solution: ./build.sh does.");
        }

        var copy = Path.Combine(places.State, "bin", Hash());
        if (Directory.Exists(copy)) return Path.Combine(copy, Program);

        var making = copy + $".{Environment.ProcessId}";
        foreach (var file in Files())
        {
            var to = Path.Combine(making, Path.GetRelativePath(binaries, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to, overwrite: true);
        }

        Directory.Move(making, copy);
        return Path.Combine(copy, Program);
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

/// <summary>The embedded platform cannot be used; the message says why and what to do.</summary>
public sealed class LocalCloudException(string message) : Exception(message);
