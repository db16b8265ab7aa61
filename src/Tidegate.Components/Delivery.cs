using System.Runtime.CompilerServices;
using Nuke.Common;
using Serilog;
using Tidegate.Pipeline;
using Tidegate.Pipeline.Reports;

namespace Tidegate.Components;

/// <summary>What the targets of one build share: the pipeline, opened at first use, and the artifact that is being released.</summary>
/// <remarks>No decision lives here or in a target: parameters are read, the pipeline is called, the end is reported.</remarks>
internal sealed class Delivery
{
    private static readonly ConditionalWeakTable<INukeBuild, Delivery> Builds = [];

    private readonly IHazDelivery _build;
    private readonly Lazy<DeliveryPipeline> _pipeline;
    private readonly Lazy<Task<ReleaseInputs>> _inputs;
    private ReleaseArtifact? _artifact;

    private Delivery(IHazDelivery build)
    {
        _build = build;
        _pipeline = new(() => PipelineOpening.Open(OptionsOf(build)) switch
        {
            OpenResult.Opened opened => opened.Pipeline,
            var invalid => throw Refused(((OpenResult.Invalid)invalid).Problems),
        });
        _inputs = new(() => Task.Run(() => ReleaseInputs.OfAsync(build, BuildCancellation.Token)));
    }

    /// <summary>The delivery of this build. The first call reads the raw command line: nothing is touched before it is understood.</summary>
    public static Delivery Of(IHazDelivery build) => Builds.GetValue(build, b =>
    {
        var problems = CommandLineGuard.Check(b.GetType(), Environment.GetCommandLineArgs()[1..]);
        return problems.Count == 0 ? new Delivery((IHazDelivery)b) : throw End(b, Problems(problems));
    });

    /// <summary>False in a dry run, when an artifact is named or made by other targets, and when these inputs were packaged before: then nothing is compiled.</summary>
    public bool MustPackage
    {
        get
        {
            if (_build.DryRun || _build.Release is not null || _build.Artifact is not null) return false;
            var key = KeyAsync(); // git and the SDK answer while the pipeline is opened and the ledger read
            var catalog = _pipeline.Value.Catalog;
            if (Wait(() => catalog.FindAsync(key, BuildCancellation.Token)) is not { } known) return true;

            _artifact = known.Artifact;
            Log.Information("Nothing to build: these sources gave {Artifact:l} on {BuiltAt:u}", known.Artifact.ToString(), known.BuiltAt);
            return false;
        }
    }

    public Task PackageAsync(IPackage build) => EndingAsync(async () =>
    {
        var provenance = await Packager.PackageAsync(build, _pipeline.Value, await _inputs.Value, BuildCancellation.Token);
        _artifact = provenance.Artifact;
        return new StageEnd(Outcome.Released, $"packaged {provenance.Artifact.Name} {provenance.Artifact.Version} as {provenance.Artifact.Digest}");
    });

    public Task ReleaseAsync(Stage stage) => EndingAsync(async () =>
    {
        var decision = DecisionOf(_build);
        if (!_pipeline.Value.Definition.Has(stage) && _build.InvokedTargets.All(t => t.Name != stage.ToString()))
        {
            // Whoever asks for such a stage is told that it is not there; one on the way to another is passed by.
            Log.Information("Nothing to do: profile {Profile:l} declares no stage {Stage}", _pipeline.Value.Definition.Profile, stage);
            return new(Outcome.Released, "");
        }

        if (await ArtifactAsync() is not { } artifact) return new(Outcome.PolicyRefused, NoArtifact());

        var end = await _pipeline.Value.ReleaseAsync(stage, artifact, decision, BuildCancellation.Token);
        if (await DeliveryReports.WriteAsync(_pipeline.Value, end, BuildCancellation.Token) is { } report) Log.Information("Report: {Report:l}", report);
        return end;
    });

    public Task ExplainAsync() => LinesAsync(() => _pipeline.Value.ExplainAsync(_build.Release, BuildCancellation.Token));

    public Task ReplayAsync(string release) => LinesAsync(() => _pipeline.Value.ReplayAsync(release, BuildCancellation.Token));

    public Task PromoteGateAsync(string gate) => EndingAsync(() => string.IsNullOrWhiteSpace(_build.Reason)
        ? Task.FromResult(new StageEnd(Outcome.InputInvalid, "the promotion of a gate is recorded with its reason: add --reason \"…\""))
        : _pipeline.Value.PromoteGateAsync(gate, Environment.UserName, _build.Reason, BuildCancellation.Token));

    private Task LinesAsync(Func<Task<(StageEnd End, IReadOnlyList<string> Lines)>> work) => EndingAsync(async () =>
    {
        var (end, lines) = await work();
        foreach (var line in lines) Console.WriteLine(line);
        return end;
    });

    public Task JudgeAsync(string environment) => EndingAsync(() => _pipeline.Value.JudgeAsync(environment, BuildCancellation.Token));

    public Task CalibrateAsync(string environment, string duration) => EndingAsync(() =>
        _pipeline.Value.CalibrateAsync(environment, duration, text => Log.Information("{Text:l}", text), BuildCancellation.Token));

    public Task StatusAsync() => EndingAsync(async () =>
    {
        await DeliveryReports.ShowStatusAsync(_pipeline.Value, BuildCancellation.Token);
        return new(Outcome.Released, "");
    });

    public Task RollbackAsync() => EndingAsync(() => string.IsNullOrWhiteSpace(_build.Reason)
        ? Task.FromResult(new StageEnd(Outcome.InputInvalid, "a rollback is recorded with its reason: add --reason \"…\""))
        : _pipeline.Value.RollbackAsync(Environment.UserName, _build.Reason, only: null, BuildCancellation.Token));

    public Task LocalDownAsync() => EndingAsync(async () => new(Outcome.Released, await PipelineOpening.LocalDownAsync(OptionsOf(_build), BuildCancellation.Token)));

    private async Task<InputsKey> KeyAsync() => (await _inputs.Value).Key;

    private async Task<ReleaseArtifact?> ArtifactAsync()
    {
        if (_build.DryRun) return Tidegate.Pipeline.DryRun.Candidate(_pipeline.Value.Definition);
        if (_artifact is not null) return _artifact;
        if (_build.Release is null && _build.Artifact is { } made)
        {
            _artifact = (await Packager.TakeAsync(made, _pipeline.Value, await _inputs.Value, BuildCancellation.Token)).Artifact;
            Log.Information("Took {Artifact:l} from {Folder:l}", _artifact.ToString(), made.ToString());
            return _artifact;
        }

        if (_build.Release is not { } named) return (await _pipeline.Value.Catalog.FindAsync(KeyAsync(), BuildCancellation.Token))?.Artifact;

        var known = (await _pipeline.Value.Catalog.AllAsync(BuildCancellation.Token)).Select(p => p.Artifact).DistinctBy(a => a.Digest).ToList();
        var matching = known.Where(a => a.Digest.ToString() == named || a.Digest.Brief == named || StageRunner.ReleaseName(a) == named).ToList();
        return matching is [var only] ? only : null;
    }

    private string NoArtifact() => (_build.Release, _build) switch
    {
        ({ } asked, _) => $"no artifact '{asked}' is known here; Status lists those that are",
        (_, IPackage) => "no artifact was made of these sources yet: run Package, or name one with --release",
        _ => "there is nothing to release: this build has no Package. Implement IPackage, or name the folder that targets of your own make (IHazDelivery.Artifact, --artifact), or an artifact that is known here (--release)",
    };

    /// <summary>Runs what a target does, and ends the build as the outcome says.</summary>
    private async Task EndingAsync(Func<Task<StageEnd>> run)
    {
        StageEnd end;
        try
        {
            end = await run();
        }
        catch (OperationCanceledException) when (BuildCancellation.Token.IsCancellationRequested)
        {
            end = new(BuildCancellation.Outcome, "stopped in an orderly way; call the same command again to go on");
        }
        catch (Exception exception) when (Expected(exception) is { } expected)
        {
            end = expected;
        }

        if (end.Because.Length > 0)
        {
            if (end.Outcome == Outcome.Released && (end.Recorded || end.Run is null)) Log.Information("{Because:l}", end.Because);
            _build.ReportSummary(summary =>
            {
                summary[Outcomes.Describe(end.Outcome, "").Name] = end.Because.Split('\n')[0];
                return summary;
            });
        }

        if (end.Outcome != Outcome.Released) throw End(_build, end);
    }

    private static StageEnd? Expected(Exception exception) => exception switch
    {
        Engine.LedgerRefusedException refused => new(Outcome.LedgerRefused, refused.Problem.ToString()),
        Engine.LeaseLostException lost => new(Outcome.Locked, lost.Message),
        Platforms.Local.LocalCloudException cloud => new(Outcome.PlatformUnknown, cloud.Message),
        PackagingException packaging => new(Outcome.BuildFailed, packaging.Message),
        _ => null,
    };

    private DeliveryException Refused(System.Collections.Generic.IReadOnlyList<Problem> problems) => End(_build, Problems(problems));

    private static StageEnd Problems(System.Collections.Generic.IReadOnlyList<Problem> problems) =>
        new(Outcome.InputInvalid, $"{problems.Count} problem{(problems.Count == 1 ? "" : "s")}; nothing was touched{Environment.NewLine}{string.Join(Environment.NewLine, problems)}");

    private static DeliveryException End(INukeBuild build, StageEnd end)
    {
        build.ExitCode = (int)end.Outcome;
        return new DeliveryException(end);
    }

    private static DecisionGiven? DecisionOf(IHazDelivery build)
    {
        if (build.Decision is not { } text) return null;
        Decision? decision = text.ToLowerInvariant() switch
        {
            "retry" => Decision.Retry,
            "rollback" => Decision.RollBack,
            "stop" => Decision.Stop,
            _ => null,
        };
        return decision is { } known && !string.IsNullOrWhiteSpace(build.Reason)
            ? new(known, Environment.UserName, build.Reason)
            : throw End(build, new(Outcome.InputInvalid, decision is null
                ? $"--decision {text}: say retry, rollback or stop"
                : "a decision is recorded with its reason: add --reason \"…\""));
    }

    private static DeliveryOptions OptionsOf(IHazDelivery build) => new(
        build.RootDirectory,
        build.DeliveryFile,
        build.DeliveryProfile,
        build.DeliveryStateDirectory,
        build.Ledger,
        build.DryRun ? build.Seed : null);

    /// <summary>A static condition of NUKE is not asynchronous, and a build has no synchronization context that waiting could block.</summary>
    private static T Wait<T>(Func<Task<T>> what) => Task.Run(what).GetAwaiter().GetResult();
}
