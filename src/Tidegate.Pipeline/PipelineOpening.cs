using Spectre.Console;
using Tidegate.Ledger;
using Tidegate.Pipeline.Reports;
using Tidegate.Platforms.Local;
using Tidegate.Signals;

namespace Tidegate.Pipeline;

/// <summary>Opens a delivery: reads the configuration, and wires the real parts or those of a dry run.</summary>
public static class PipelineOpening
{
    public static OpenResult Open(DeliveryOptions options)
    {
        var read = DeliveryConfiguration.Load(options.DeliveryFile, options.Profile);
        var (expected, wrong) = ExpectedChanges.Parse(options.Expect, (read as LoadResult.Loaded)?.Definition.Endpoints);
        if (read is LoadResult.Invalid invalid) return new OpenResult.Invalid([.. invalid.Problems, .. wrong]);
        if (wrong.Count > 0) return new OpenResult.Invalid(wrong);

        var loaded = (LoadResult.Loaded)read;
        loaded = loaded with { Definition = loaded.Definition with { Expected = expected } };

        var parts = options.DryRunSeed is { } seed
            ? DryRun.Parts(loaded.Definition, loaded.Topology.Endpoints, seed, TimeProvider.System.GetUtcNow(), time => new TimelineProgress(loaded.Definition, time, Console.Out.WriteLine))
            : Real(options, loaded);
        return new OpenResult.Opened(DeliveryPipeline.Open(options, loaded.Definition, parts, Owner(TimeProvider.System)));
    }

    /// <summary>Stops the embedded platform of this clone and all that it runs, unless a run owns an environment of it.</summary>
    /// <remarks>It is the way out of everything, so it needs neither a configuration nor a ledger that can be read.</remarks>
    public static async Task<StageEnd> LocalDownAsync(DeliveryOptions options, CancellationToken cancellationToken)
    {
        if (options.DryRunSeed is not null) return new(Outcome.Released, "a dry run: LocalDown would stop the local cloud of this clone, if one runs, and remove all its environments with their data; the ledger and the artifacts would stay");

        using var leases = AllLeases.TryTake(options.LedgerFile, Owner(TimeProvider.System), TimeProvider.System, out var taken);
        return leases is null
            ? new(Outcome.Locked, $"another run owns {taken.Environment}: {taken.Owner}. Nothing was stopped. Wait for it, or end it; its lock ends with it")
            : new(Outcome.Released, await DownAsync(options, cancellationToken));
    }

    private static async Task<string> DownAsync(DeliveryOptions options, CancellationToken cancellationToken)
    {
        var done = await LocalPlatform.DownAsync(options.Root, TimeProvider.System, cancellationToken);
        Forget(Written(options));
        return done;
    }

    private static DeliveryParts Real(DeliveryOptions options, LoadResult.Loaded loaded)
    {
        var time = TimeProvider.System;
        var store = new ArtifactStore(options.ArtifactsFolder);
        var local = LocalPlatform.Of(options.Root, Workload(loaded.Topology), store.PathOf, time);
        var platform = new WatchedPlatform(local, local, loaded.Topology.Watched);

        // The first question to a cloud takes longest; its answer is not needed, and is there when ledger and sources have been read.
        _ = Task.Run(() => local.ObserveAsync(loaded.Definition.Environments.Last().Name, CancellationToken.None));

        var ledger = LateLedger.Open(options.LedgerFile, loaded.Definition.Service, time);
        KeepFromGit(options.StateFolder);
        return new(
            ledger,
            platform,
            platform,
            SignalSources.All(time, Written(options)),
            ReleaseConsole.For(AnsiConsole.Console, interactive: !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("CI") is null, time),
            time);
    }

    /// <summary>State of this clone is none of git's: seen there, it would make every working tree look changed, and inputs would have no key.</summary>
    private static void KeepFromGit(string folder)
    {
        var file = Path.Combine(folder, ".gitignore");
        if (File.Exists(file)) return;
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(file, "*\n");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Only a convenience; whoever cannot write here is told by what must be written.
        }
    }

    /// <summary>Keys of what the data signal wrote, which is gone with the environments that it was written
    /// to.</summary>
    private static string Written(DeliveryOptions options) => Path.Combine(options.StateFolder, "written");

    private static void Forget(string folder)
    {
        try
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // They are one candidate's alone: the next one forgets them.
        }
    }

    private static LocalWorkload Workload(LocalTopology topology) => new(
        topology.Endpoints,
        [.. topology.Users.Select(u => new LocalUser(u.Method, u.Path, u.Weight, u.Body))],
        topology.Traffic.ToDictionary(t => (t.Environment, t.Region), t => t.RequestsPerSecond),
        Seed: 1);

    private static string Owner(TimeProvider time) =>
        $"{Environment.UserName} on {Environment.MachineName}, process {Environment.ProcessId}, since {time.GetUtcNow():u}";
}

public abstract record OpenResult
{
    private OpenResult() { }

    public sealed record Opened(DeliveryPipeline Pipeline) : OpenResult;

    /// <summary>Exit 30: nothing was touched.</summary>
    public sealed record Invalid(IReadOnlyList<Problem> Problems) : OpenResult;
}
