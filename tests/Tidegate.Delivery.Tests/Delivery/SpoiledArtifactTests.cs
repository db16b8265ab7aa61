using Tidegate.Engine;
using Tidegate.Engine.Simulation;
using Tidegate.Pipeline;
using Tidegate.Testing;

namespace Tidegate.Delivery.Tests.Delivery;

/// <summary>A version that has written beside itself is taken away all the same; only what is gone back to must
/// be whole.</summary>
public sealed class SpoiledArtifactTests : IAsyncDisposable
{
    private readonly PipelineDefinition _definition = Some.Pipeline();
    private readonly VirtualTime _time = new(Some.Noon);
    private readonly SimulatedPlatform _platform;
    private readonly RefusingLedger _ledger;
    private readonly Dictionary<ArtifactDigest, string> _wrong = [];

    public SpoiledArtifactTests()
    {
        _platform = new SimulatedPlatform(_definition.Environments, ["GET /products"], _time, seed: 1);
        _ledger = new RefusingLedger(_time);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_version_whose_own_bytes_match_no_more_is_taken_back_by_a_person()
    {
        await DeliveredAsync("one", "two");
        Spoil("two");

        var end =
            await Runner().TakeBackAsync("production", Some.Digest("two"), "customers complain", until: null, Token);

        end.ShouldNotBeNull().Outcome.ShouldBe(Outcome.RolledBack, end.Because);
        (await ServingAsync("production")).ShouldBe([Some.Digest("one")]);
    }

    [Fact]
    public async Task What_failed_in_production_is_taken_back_before_it_too_though_it_has_written_beside_itself()
    {
        await DeliveredAsync("one", "two");
        Spoil("two");

        var ends =
            await new Unwinder(_definition, Runner())
            .UnwindAsync(Stage.Canary, "production", Some.Digest("two"), "bad in production", until: null, Token);

        ends.Select(e => e.Outcome).ShouldBe([Outcome.RolledBack, Outcome.RolledBack]);
        (await ServingAsync("beta")).ShouldBe([Some.Digest("one")]);
    }

    [Fact]
    public async Task What_is_released_or_gone_back_to_must_be_whole_and_the_file_that_is_not_is_named()
    {
        await DeliveredAsync("one");
        Spoil("one");

        var end = await Runner().RunAsync(Stage.DeployBeta, Some.Artifact("two"), null, Token);
        end.Because.ShouldStartWith("DeployAlpha has no healthy verdict");
        await Runner().RunAsync(Stage.DeployAlpha, Some.Artifact("two"), null, Token);
        end = await Runner().RunAsync(Stage.DeployBeta, Some.Artifact("two"), null, Token);
        end.Outcome.ShouldBe(Outcome.PolicyRefused);
        end.Because.ShouldContain("TG3103");
        end.Because.ShouldContain("app.log was added");

        Spoil("three");
        end = await Runner().RunAsync(Stage.DeployAlpha, Some.Artifact("three"), null, Token);
        end.Because.ShouldContain("TG3104");
        end.Because.ShouldContain("nothing that runs is touched");
    }

    [Fact]
    public async Task Taken_back_in_one_environment_is_not_taken_back_in_all()
    {
        await DeliveredAsync("one", "two");
        await Runner().TakeBackAsync("production", Some.Digest("two"), "only there", until: null, Token);
        await using var pipeline = DeliveryPipeline.Open(
            new("", "", "local", Path.Combine(Path.GetTempPath(), "tidegate-none"), "", DryRunSeed: 1), _definition,
                Parts(), "this test");

        (await pipeline.RollbackAsync("ada", "and before it", null, Token)).Outcome.ShouldBe(Outcome.RolledBack);

        foreach (var environment in new[] { "beta", "gamma", "production" })
        {
            (await ServingAsync(environment)).ShouldBe([Some.Digest("one")]);
        }
        (await pipeline.RollbackAsync("ada", "once more", null, Token)).Because.ShouldContain("is taken back already");
    }

    [Fact]
    public async Task The_artifact_of_another_service_is_begun_with_nowhere()
    {
        var end = await Runner().RunAsync(Stage.DeployAlpha, Some.Artifact("one") with { Name = "other" }, null, Token);

        end.Outcome.ShouldBe(Outcome.InputInvalid);
        end.Because.ShouldStartWith("TG3206");
        _platform.Effects.ShouldBeEmpty();
    }

    public ValueTask DisposeAsync() => _ledger.DisposeAsync();

    private void Spoil(string version) => _wrong[Some.Digest(version)] = "is not as it was packaged: app.log was added";

    private StageRunner Runner() => new(_definition, Parts(), d => _wrong.GetValueOrDefault(d), "this test");

    private DeliveryParts Parts() =>
        new(_ledger, _platform, _platform, [new ObservationSource(), new SimulatedSignals(_platform)], new Silent(),
            _time);

    private async Task DeliveredAsync(params string[] versions)
    {
        foreach (var version in versions)
        {
            foreach (var stage in Enum.GetValues<Stage>())
            {
                (await Runner().RunAsync(stage, Some.Artifact(version), null, Token))
                    .Outcome.ShouldBe(Outcome.Released);
            }
        }
    }

    private async Task<List<ArtifactDigest>> ServingAsync(string environment) =>
        [.. ((ObserveResult.Observed)await _platform.ObserveAsync(environment, Token))
            .Environment.Regions.SelectMany(r => r.Versions).Select(v => v.Digest).Distinct()];
}
