using System.Diagnostics;
using System.Text.Json.Nodes;
using Tidegate.LocalCloud.Contract;
using Tidegate.Platforms.Local;
using Tidegate.Testing;

namespace Tidegate.Delivery.Tests.EndToEnd;

/// <summary>A clone of this repository as it is now, in which the built pipeline is run from outside, as a CI agent runs it.</summary>
public sealed class Clone : IAsyncDisposable
{
    /// <summary>Leaves out looking at sources and compiling them: they are those that were compiled already, only release-time settings are new.</summary>
    public static readonly string[] OnlyPackage = ["--skip", "Restore", "Compile", "StaticAnalysis", "UnitTest"];

    // Nothing takes so long, on whatever machine: what is not done by then hangs.
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(15);

    private readonly string[] _profile;

    private Clone(string root, string? profile) => (Root, _profile) = (root, profile is null ? [] : ["--delivery-profile", profile]);

    public string Root { get; }

    public string Ledger => Path.Combine(Root, ".tidegate", "ledger", "ledger.db");

    public CloudPlaces Places => LocalPlatform.Places(Root);

    /// <summary>Copies what git tracks, and what it would, and commits it.</summary>
    /// <param name="profile">One of <see cref="Profiles"/>, for every run in it that names no other; null: the repository's own.</param>
    public static async Task<Clone> MakeAsync(string name, string? profile, CancellationToken cancellationToken)
    {
        var clone = new Clone(Folder(name), profile);
        var files = await OutputAsync("git", Repository.Root, ["ls-files", "-co", "--exclude-standard", "-z", "--", "src/Samples", "tests/Orders.Tests", "tests/.editorconfig", "tests/Directory.Build.props", "config", ".nuke", ".editorconfig", ".gitignore", "*.props", "*.txt", "global.json"], cancellationToken);
        foreach (var file in files.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(f => File.Exists(Repository.File(f))))
        {
            var to = Path.Combine(clone.Root, file);
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(Repository.File(file), to);
        }

        clone.Configure();
        foreach (var arguments in new string[][]
        {
            ["init", "--quiet", "--initial-branch=main"],
            ["add", "--all"],
            ["-c", "user.name=test", "-c", "user.email=test@example.invalid", "commit", "--quiet", "--message=as it is"],
        })
        {
            await OutputAsync("git", clone.Root, arguments, cancellationToken);
        }

        return clone;
    }

    /// <summary>Another clone with all that this one has: commit, compiled outputs, ledger and artifacts. Nothing may run in this one.</summary>
    public async Task<Clone> CopyAsync(string name, string? profile, CancellationToken cancellationToken)
    {
        var copy = new Clone(Folder(name), profile);
        await OutputAsync("cp", Root, ["--archive", "--", Root + "/.", copy.Root], cancellationToken); // a ledger's folder keeps its mode
        return copy;
    }

    /// <summary>Runs a target to its end.</summary>
    public async Task<(int Exit, string Output)> RunAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        using var process = Start(arguments);
        using var deadline = new CancellationTokenSource(LongestRun, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            // Reading to the end also shows that nothing that outlives the build keeps its pipe.
            var (output, error) = (process.StandardOutput.ReadToEndAsync(either.Token), process.StandardError.ReadToEndAsync(either.Token));
            await process.WaitForExitAsync(either.Token);
            return (process.ExitCode, await output + await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"'{string.Join(' ', arguments)}' did not end within {LongestRun.TotalMinutes} minutes.");
        }
    }

    /// <summary>Starts a target, for tests that interrupt it.</summary>
    public Process Start(params string[] arguments) => Start(programs: null, arguments);

    /// <param name="programs">A folder whose programs stand in for those of the same name.</param>
    public Process Start(string? programs, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = Root, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.ArgumentList.Add(Repository.File("artifacts", "bin", "_build", "debug", "_build.dll"));
        foreach (var argument in arguments.Concat(["--root", Root, .. arguments.Contains("--delivery-profile") ? [] : _profile])) start.ArgumentList.Add(argument);
        foreach (var variable in new[] { "CI", "GITHUB_ACTIONS", "TF_BUILD", "MSBUILDDISABLENODEREUSE" }) start.Environment.Remove(variable);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        if (programs is not null) start.Environment["PATH"] = programs + Path.PathSeparator + start.Environment["PATH"];
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    /// <summary>What the cloud says of an environment.</summary>
    public async Task<EnvironmentObserved> ObserveAsync(string environment, CancellationToken cancellationToken)
    {
        using var client = new LocalCloudClient(Places);
        return await client.ObserveAsync(environment, cancellationToken);
    }

    /// <summary>Ends its cloud as a machine's end does: with no time for anything.</summary>
    public async Task KillCloudAsync(CancellationToken cancellationToken)
    {
        using var client = new LocalCloudClient(Places);
        using var cloud = Process.GetProcessById((await client.InfoAsync(cancellationToken))!.Pid);
        cloud.Kill();
        await cloud.WaitForExitAsync(cancellationToken);
    }

    /// <summary>The release names that an environment's users are served, by asking it.</summary>
    public async Task<IReadOnlyList<string>> ServingAsync(string environment, CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        var names = new List<string>();
        foreach (var region in (await ObserveAsync(environment, cancellationToken)).Regions)
        {
            var version = JsonNode.Parse(await http.GetStringAsync(new Uri(new Uri(region.EdgeAddress), "version"), cancellationToken))!;
            names.Add((string)version["release"]!);
        }

        return [.. names.Distinct()];
    }

    public async Task<long> FailedUserRequestsAsync(string environment, CancellationToken cancellationToken) =>
        (await ObserveAsync(environment, cancellationToken)).Regions.Sum(r => r.Users.Failed);

    /// <summary>Command lines of every process of its cloud.</summary>
    public IReadOnlyList<string> Processes() =>
        [.. Process.GetProcesses().Select(p => Read($"/proc/{p.Id}/cmdline") + " " + Read($"/proc/{p.Id}/environ")).Where(c => c.Contains(Places.Run, StringComparison.Ordinal))];

    public async ValueTask DisposeAsync()
    {
        await LocalPlatform.DownAsync(Root, TimeProvider.System, CancellationToken.None);
        TemporaryFolder.Remove(Root);
    }

    private static string Folder(string name) => Directory.CreateTempSubdirectory($"tidegate-{name}-").FullName;

    private void Configure()
    {
        var file = Path.Combine(Root, "config", "delivery.json");
        var root = JsonNode.Parse(File.ReadAllText(file))!;
        Profiles.AddTo(root["profiles"]!.AsObject());
        File.WriteAllText(file, root.ToJsonString());
    }

    private static async Task<string> OutputAsync(string program, string folder, string[] arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program) { WorkingDirectory = folder, RedirectStandardOutput = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} exited with {process.ExitCode}");
    }

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file).Replace('\0', ' ');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return ""; // it ended meanwhile
        }
    }
}
