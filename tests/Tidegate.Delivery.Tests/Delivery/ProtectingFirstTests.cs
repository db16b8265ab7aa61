using Tidegate.Engine;
using Tidegate.Engine.Simulation;
using Tidegate.Ledger;
using Tidegate.Pipeline;
using Tidegate.Testing;

namespace Tidegate.Delivery.Tests.Delivery;

/// <summary>Protecting users comes before the record of it: a way back is gone though nothing can be written.</summary>
public sealed class ProtectingFirstTests : IDisposable
{
    private readonly TemporaryFolder _elsewhere = new();
    private readonly PipelineDefinition _definition;
    private readonly VirtualTime _time = new(Some.Noon);
    private readonly SimulatedPlatform _platform;
    private readonly RefusingLedger _disk;
    private DeliveryPipeline _pipeline;

    public ProtectingFirstTests()
    {
        var all = Some.Pipeline();
        _definition = all with { Stages = [all[Stage.Canary], all[Stage.RegionWaves]] };
        _platform = new SimulatedPlatform(_definition.Environments, ["GET /products"], _time, seed: 1);
        _disk = new RefusingLedger(_time);
        _pipeline = NextRun();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _elsewhere.Dispose();

    [Fact]
    public async Task A_version_that_turns_bad_while_the_disk_is_full_is_rolled_back_all_the_same_and_recorded_later()
    {
        await ReleaseAsync("one");
        FillInTheMidstOf("two");

        var end = await _pipeline.ReleaseAsync(Stage.Canary, Some.Artifact("two"), null, Token);

        end.Outcome.ShouldBe(Outcome.RolledBack, end.Because);
        end.Because.ShouldContain("could not be written: TG4010");
        (await ServingAsync()).ShouldBe(["one"]);

        _disk.Full = false;
        _pipeline = NextRun();
        (await LatestAsync()).State.ShouldBeOfType<ReleaseState.RolledBack>();
        _platform.Versions.Clear();
        (await ReleaseAsync("three"))
            .ShouldAllBe(e => e.Outcome == Outcome.Released, "no effect has a number that another one has");
    }

    [Fact]
    public async Task What_leads_forward_is_not_done_where_it_cannot_be_recorded_first()
    {
        await ReleaseAsync("one");
        var effects = _platform.Effects.Count;
        _disk.Full = true;

        (await Should.ThrowAsync<LedgerRefusedException>(() =>
            _pipeline.ReleaseAsync(Stage.Canary, Some.Artifact("two"), null, Token))).Problem.Code.ShouldBe("TG4010");

        _platform.Effects.Count.ShouldBe(effects);
    }

    [Fact]
    public async Task A_rollback_that_somebody_asks_for_needs_no_room_either_and_nothing_leads_forward_before_it_is_recorded()
    {
        await ReleaseAsync("one");
        await ReleaseAsync("two");
        _disk.Full = true;
        _pipeline = NextRun();

        (await _pipeline.RollbackAsync("ada", "customers complain", null, Token)).Outcome.ShouldBe(Outcome.RolledBack);

        (await ServingAsync()).ShouldBe(["one"]);
        await Should.ThrowAsync<LedgerRefusedException>(() =>
            _pipeline.ReleaseAsync(Stage.Canary, Some.Artifact("three"), null, Token));
        _disk.Full = false;
        (await ReleaseAsync("three")).ShouldAllBe(e => e.Outcome == Outcome.Released);
        (await _disk.ReadAsync("production", Token)).Select(r => r.Fact()).OfType<LedgerFact.Planned>()
            .Count(p => p.Plan.Steps.Count == 0).ShouldBe(1);
    }

    [Fact]
    public async Task Notes_that_do_not_fit_the_ledger_any_more_are_named_and_lead_nothing_forward()
    {
        await ReleaseAsync("one");
        await ReleaseAsync("two");
        _disk.Full = true;
        await _pipeline.RollbackAsync("ada", "customers complain", null, Token);
        _disk.Full = false;
        var sequence = (await _disk.ReadAsync("production", Token)).Count;
        await _disk.AppendAsync("production", sequence,
            new LedgerFact.Intended("by a run that knew nothing of them", null), Token);
        _pipeline = NextRun();

        (await Should.ThrowAsync<LedgerRefusedException>(() =>
            _pipeline.ReleaseAsync(Stage.Canary, Some.Artifact("three"), null, Token))).Problem.Code.ShouldBe("TG4017");
    }

    [Fact]
    public async Task Notes_in_a_folder_that_others_may_write_to_are_not_believed_and_keep_nobody_from_releasing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has access lists instead of modes.");
        await ReleaseAsync("one");
        await ReleaseAsync("two");
        _disk.Full = true;
        await _pipeline.RollbackAsync("ada", "customers complain", null, Token);
        _disk.Full = false;
        new LateNotes([_elsewhere["notes"]]).Read().ShouldNotBeEmpty();
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_elsewhere["notes"], (UnixFileMode)511);

        new LateNotes([_elsewhere["notes"]]).Read().ShouldBeEmpty();
    }

    private DeliveryPipeline NextRun() => DeliveryPipeline.Open(
        new("", "", "local", Path.Combine(Path.GetTempPath(), "tidegate-none"), "", DryRunSeed: 1),
        _definition,
        new(new LateLedger(_disk, new LateNotes([_elsewhere["notes"]]), _time), _platform, _platform,
            [new ObservationSource(), new SimulatedSignals(_platform)], new Silent(), _time),
        "this test");

    private void FillInTheMidstOf(string version)
    {
        _time.Moved += Fill;

        void Fill(DateTimeOffset _)
        {
            if (_disk.Newest is not LedgerFact.Happened { Event: ReleaseEvent.Placed }) return;
            _platform.Versions[Some.Digest(version)] = new(ErrorRate: 1);
            _disk.Full = true;
            _time.Moved -= Fill;
        }
    }

    private async Task<List<StageEnd>> ReleaseAsync(string version)
    {
        var ends = new List<StageEnd>();
        foreach (var stage in new[] { Stage.Canary, Stage.RegionWaves })
        {
            ends.Add(await _pipeline.ReleaseAsync(stage, Some.Artifact(version), null, Token));
        }
        return ends;
    }

    private async Task<Release> LatestAsync() => (await _pipeline.StatusAsync(Token)).Single().History.Runs[^1].Release;

    private async Task<List<string>> ServingAsync() =>
        [.. ((ObserveResult.Observed)await _platform.ObserveAsync("production", Token)).Environment.Regions
        .SelectMany(r => r.Versions)
            .Select(v => new[] { "one", "two", "three" }.Single(n => Some.Digest(n) == v.Digest)).Distinct()];
}
