using System.Runtime.CompilerServices;
using Nuke.Common;
using Nuke.Common.Tooling;
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
        var problems = CommandLineGuard.Check(
            b.GetType(),
            Environment.GetCommandLineArgs()[1..],
            [.. b.InvokedTargets.Select(t => t.Name)],
            [.. b.ExecutionPlan.Select(t => t.Name)],
            takesInline: typeof(NukeBuild).Assembly.GetName().Name != "Nuke.Build");
        return problems.Count == 0 ? new Delivery((IHazDelivery)b) : throw End(b, Problems(problems));
    });

    /// <summary>False in a dry run, when an artifact is named or made by other targets, and when these inputs were packaged before: then nothing is compiled.</summary>
    /// <remarks>Asked before any target runs, so a ledger that is refused here ends the build with its own code, as in a target.</remarks>
    public bool MustPackage
    {
        get
        {
            if (_build.DryRun || _build.Release is not null || _build.Artifact is not null) return false;
            try
            {
                using var listening = BuildCancellation.Listen();
                var key = KeyAsync(); // git and the SDK answer while the pipeline is opened and the ledger read
                var catalog = _pipeline.Value.Catalog;
                var known = Wait(() => catalog.FindAsync(key, BuildCancellation.Token));
                BuildCancellation.Token.ThrowIfCancellationRequested();
                if (known is null) return true;

                _artifact = known.Artifact;
                Log.Information("Nothing to build: these sources gave {Artifact:l} on {BuiltAt:u}", known.Artifact.ToString(), known.BuiltAt);
                return false;
            }
            catch (Exception exception) when (exception is not DeliveryException)
            {
                throw End(_build, EndOf(exception));
            }
        }
    }

    public Task PackageAsync(IPackage build) => EndingAsync(async () =>
    {
        var inputs = await _inputs.Value;
        var provenance = await MakingAsync(() => Packager.PackageAsync(build, _pipeline.Value, inputs, BuildCancellation.Token));
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
        var report = await DeliveryReports.WriteAsync(_pipeline.Value, end);
        if (report.File is { } file) Log.Information("Report: {Report:l}", file);
        foreach (var (what, failure) in report.Failures) Log.Warning("{What:l} could not be written, which changes nothing of the release: {Reason:l}", what, failure.Message);
        return end;
    });

    public Task ExplainAsync() => LinesAsync(nameof(IOperate.Explain), () => _pipeline.Value.ExplainAsync(_build.Release, BuildCancellation.Token));

    public Task ReplayAsync(string release) => LinesAsync(nameof(IHazHealthGate.HealthGate), () => _pipeline.Value.ReplayAsync(release, BuildCancellation.Token));

    public Task PromoteGateAsync(string gate) => EndingAsync(() => (_build.DryRun, string.IsNullOrWhiteSpace(_build.Reason)) switch
    {
        (true, _) => Refusal("a dry run has no ledger that could keep a promotion; --replay RELEASE shows what the gate would have said"),
        (_, true) => Refusal("the promotion of a gate is recorded with its reason: add --reason \"…\""),
        _ => _pipeline.Value.PromoteGateAsync(gate, Environment.UserName, _build.Reason, BuildCancellation.Token),
    });

    private Task LinesAsync(string target, Func<Task<(StageEnd End, IReadOnlyList<string> Lines)>> work) => ReadingAsync(target, async () =>
    {
        var (end, lines) = await work();
        foreach (var line in lines) Console.WriteLine(line);
        return end;
    });

    public Task JudgeAsync(string environment) => ReadingAsync(nameof(IHazHealthGate.HealthGate), () => _pipeline.Value.JudgeAsync(environment, BuildCancellation.Token));

    public Task CalibrateAsync(string environment, string duration) => ReadingAsync(nameof(IHazHealthGate.HealthGate), () =>
        _pipeline.Value.CalibrateAsync(environment, duration, text => Log.Information("{Text:l}", text), BuildCancellation.Token));

    public Task StatusAsync() => ReadingAsync(nameof(IOperate.Status), async () =>
    {
        await DeliveryReports.ShowStatusAsync(_pipeline.Value, BuildCancellation.Token);
        return new(Outcome.Released, "");
    });

    public Task RollbackAsync() => EndingAsync(() => (_build.DryRun, string.IsNullOrWhiteSpace(_build.Reason)) switch
    {
        (true, _) => Refusal("a dry run has no history, so there is nothing in it to take back; Status tells what runs and which release is the newest"),
        (_, true) => Refusal("a rollback is recorded with its reason: add --reason \"…\""),
        _ => TakeBackAsync(_build.Reason),
    });

    private async Task<StageEnd> TakeBackAsync(string reason)
    {
        ArtifactDigest? only = _build.Release is { } named ? (await NamedAsync(named)).Digest : null;
        return AsAsked(
            await _pipeline.Value.RollbackAsync(Environment.UserName, reason, only, BuildCancellation.Token));
    }

    /// <summary>A command that did what it was asked ends with 0, also when that was to take a release back.</summary>
    internal static StageEnd AsAsked(StageEnd end) =>
        end.Outcome != Outcome.RolledBack ? end : end with
        {
            Outcome = Outcome.Released,
            Because = $"taken back, as asked; every touched place is as it was, verified. {end.Because}",
        };

    private static bool IsTakenBack(StageEnd end) =>
        end is { Outcome: Outcome.Released, Run.Release.State: ReleaseState.RolledBack };

    public Task LocalDownAsync() => EndingAsync(() => PipelineOpening.LocalDownAsync(OptionsOf(_build), BuildCancellation.Token));

    /// <summary>What only reads has nothing to rehearse, and what it would read of a simulated platform is true of none.</summary>
    private Task ReadingAsync(string target, Func<Task<StageEnd>> read) => EndingAsync(() =>
        _build.DryRun ? Refusal($"{target} only reads and changes nothing: leave --dry-run out") : read());

    private static Task<StageEnd> Refusal(string because) => Task.FromResult(new StageEnd(Outcome.InputInvalid, because));

    private async Task<InputsKey> KeyAsync() => (await _inputs.Value).Key;

    private async Task<ReleaseArtifact?> ArtifactAsync()
    {
        if (_build.DryRun) return Tidegate.Pipeline.DryRun.Candidate(_pipeline.Value.Definition);
        if (_artifact is not null) return _artifact;
        if (_build.Release is { } named) return _artifact = await NamedAsync(named);

        if (_build.Artifact is { } made)
        {
            var inputs = await _inputs.Value;
            _artifact = (await MakingAsync(() => Packager.TakeAsync(made, _pipeline.Value, inputs, BuildCancellation.Token))).Artifact;
            Log.Information("Took {Artifact:l} from {Folder:l}", _artifact.ToString(), made.ToString());
            return _artifact;
        }

        return (await _pipeline.Value.Catalog.FindAsync(KeyAsync(), BuildCancellation.Token))?.Artifact;
    }

    private async Task<ReleaseArtifact> NamedAsync(string named) => await _pipeline.Value.Catalog.FindAsync(named, BuildCancellation.Token) switch
    {
        NamedArtifact.One one => one.Artifact,
        var none => throw Refused([((NamedArtifact.NotOne)none).Problem]),
    };

    /// <summary>A disk that is full or closed to us, or a folder that can be no artifact, is no defect: there is just no artifact.</summary>
    private static async Task<Provenance> MakingAsync(Func<Task<Provenance>> make)
    {
        try
        {
            return await make();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new PackagingException(exception.Message, exception);
        }
    }

    private string NoArtifact() => _build is IPackage
        ? "no artifact was made of these sources yet: run Package, or name one with --release"
        : "there is nothing to release: this build has no Package. Implement IPackage, or name the folder that targets of your own make (IHazDelivery.Artifact, --artifact), or an artifact that is known here (--release)";

    /// <summary>Runs what a target does, and ends the build as the outcome says.</summary>
    private async Task EndingAsync(Func<Task<StageEnd>> run)
    {
        StageEnd end;
        try
        {
            using var listening = BuildCancellation.Listen();
            end = await run();
        }
        catch (Exception exception) when (exception is not DeliveryException)
        {
            end = EndOf(exception);
        }

        if (end.Because.Length > 0)
        {
            if (end.Outcome == Outcome.Released && (end.Recorded || end.Run is null || IsTakenBack(end)))
            {
                Log.Information("{Because:l}", end.Because);
            }
            _build.ReportSummary(summary =>
            {
                summary[IsTakenBack(end) ? "TAKEN_BACK" : Outcomes.Describe(end.Outcome, "").Name] =
                    end.Because.Split('\n')[0];
                return summary;
            });
        }

        if (end.Outcome != Outcome.Released) throw End(_build, end);
    }

    /// <summary>What an exception in work of ours means for the one who called.</summary>
    internal static StageEnd EndOf(Exception exception)
    {
        switch (exception)
        {
            // A program that we wait for may have been told to stop too.
            case OperationCanceledException or ProcessException when BuildCancellation.Token.IsCancellationRequested:
                return new(BuildCancellation.Outcome, "stopped in an orderly way; call the same command again to go on");
            case Engine.LedgerRefusedException refused:
                return new(Outcome.LedgerRefused, refused.Problem.ToString());
            case Engine.LeaseLostException lost:
                return new(Outcome.Locked, lost.Message);
            case Platforms.Local.LocalCloudException cloud:
                return new(Outcome.PlatformUnknown, cloud.Message);
            case ArtifactRefusedException refused:
                return Problems(refused.Problems);
            case PackagingException or ProcessException:
                return new(Outcome.BuildFailed, exception.Message);
            case PlatformNotSupportedException:
                return new(Outcome.InputInvalid, exception.Message);
            default:
                Log.Error(exception, "A defect of Tidegate: it did not expect this");
                return new(Outcome.Internal, $"{exception.GetType().Name}: {exception.Message} This is a defect of Tidegate; please report it with the log. The ledger is in order: the same command may be called again");
        }
    }

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
        build.DryRun ? build.Seed : null)
    {
        Expect = build.Expect,
    };

    /// <summary>A static condition of NUKE is not asynchronous, and a build has no synchronization context that waiting could block.</summary>
    private static T Wait<T>(Func<Task<T>> what) => Task.Run(what).GetAwaiter().GetResult();
}
