using Tidegate.Engine;
using Tidegate.Engine.Simulation;
using Tidegate.Pipeline;
using Tidegate.Testing;

namespace Tidegate.Delivery.Tests.Delivery;

/// <summary>That a release can be taken back is tried from what production runs, and a verdict from anything else is
/// none.</summary>
public sealed class UpAndDownTests : IAsyncDisposable
{
    private readonly PipelineDefinition _definition = Some.Pipeline();
    private readonly VirtualTime _time = new(Some.Noon);
    private readonly SimulatedPlatform _platform;
    private readonly MemoryLedger _ledger;
    private readonly DeliveryPipeline _pipeline;

    public UpAndDownTests()
    {
        _platform = new SimulatedPlatform(_definition.Environments, ["GET /products"], _time, seed: 1);
        _ledger = new MemoryLedger(_time);
        _pipeline = DeliveryPipeline.Open(
            new("", "", "local", Path.Combine(Path.GetTempPath(), "tidegate-none"), "", DryRunSeed: 1),
            _definition,
            new(_ledger, _platform, _platform, [new ObservationSource(), new SimulatedSignals(_platform)], new Silent(),
                _time),
            "this test");
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _pipeline.DisposeAsync();

    [Fact]
    public async Task An_empty_gamma_first_gets_the_version_that_production_runs()
    {
        await ReleasedAsync("one", Enum.GetValues<Stage>());
        await _platform.RemoveAsync("gamma", 99, Token);
        await ReleasedAsync("two", [Stage.DeployAlpha, Stage.DeployBeta]);
        var before = _platform.Effects.Count;

        var end = await _pipeline.ReleaseAsync(Stage.UpgradeDowngradeTest, Some.Artifact("two"), null, Token);

        end.Outcome.ShouldBe(Outcome.Released, end.Because);
        end.Recorded.ShouldBeFalse("it was really tried");
        _platform.Effects[before].ShouldSatisfyAllConditions(
            e => e.ShouldStartWith("gamma/"),
            e => e.ShouldContain(Some.Digest("one").Brief),
            e => e.ShouldNotContain(Some.Digest("two").Brief));
        _platform.Effects.Count.ShouldBe(before + 5, "there, half up, all up, half down, all down");
        (await ReleasedAsync("two", [Stage.DeployGamma, Stage.Canary, Stage.RegionWaves]))[^1].Recorded.ShouldBeFalse();
    }

    [Fact]
    public async Task A_verdict_from_another_version_than_production_runs_does_not_count()
    {
        await ReleasedAsync("one", Enum.GetValues<Stage>());
        await ReleasedAsync("two", [.. Enum.GetValues<Stage>().TakeWhile(s => s != Stage.Canary)]);
        await ReleasedAsync("three", Enum.GetValues<Stage>()); // production went on meanwhile
        var effects = _platform.Effects.Count;
        var retry = new DecisionGiven(Decision.Retry, "ada", "two after all");

        var end = await _pipeline.ReleaseAsync(Stage.Canary, Some.Artifact("two"), retry, Token);

        end.Outcome.ShouldBe(Outcome.PolicyRefused, end.Because);
        end.Because.ShouldStartWith(
            $"UpgradeDowngradeTest has no healthy verdict for {Some.Digest("two").Brief} from {Some.Digest("three").Brief}");
        _platform.Effects.Count.ShouldBe(effects);

        await ReleasedAsync("two", [Stage.DeployBeta, Stage.UpgradeDowngradeTest], retry);
        (await _pipeline.ReleaseAsync(Stage.Canary, Some.Artifact("two"), retry, Token))
            .Outcome.ShouldBe(Outcome.Released);
    }

    [Fact]
    public async Task It_is_tried_from_production_where_gamma_runs_something_else_and_gamma_keeps_its_way_back()
    {
        await ReleasedAsync("one", Enum.GetValues<Stage>());
        await ReleasedAsync("two", [.. Enum.GetValues<Stage>().TakeWhile(s => s != Stage.Canary)]);
        await ReleasedAsync("three", [Stage.DeployAlpha, Stage.DeployBeta]);
        _platform.Versions[Some.Digest("three")] = new(CrashesAtStart: true);

        var end = await _pipeline.ReleaseAsync(Stage.UpgradeDowngradeTest, Some.Artifact("three"), null, Token);

        end.Outcome.ShouldBe(Outcome.RolledBack, end.Because);
        end.Run!.Plan.Steps[0].Title.ShouldBe($"first {Some.Digest("one").Brief}, which production runs");
        ((ObserveResult.Observed)await _platform.ObserveAsync("gamma", Token)).Environment.Regions.Single()
            .Versions.Single().Digest.ShouldBe(Some.Digest("two"));
    }

    private async Task<List<StageEnd>> ReleasedAsync(string version, IReadOnlyList<Stage> stages,
        DecisionGiven? decision = null)
    {
        var ends = new List<StageEnd>();
        foreach (var stage in stages)
        {
            ends.Add(await _pipeline.ReleaseAsync(stage, Some.Artifact(version), decision, Token));
            ends[^1].Outcome.ShouldBe(Outcome.Released, $"{version}, {stage}: {ends[^1].Because}");
        }

        return ends;
    }
}
