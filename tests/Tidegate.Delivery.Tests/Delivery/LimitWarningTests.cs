using Tidegate.Engine;
using Tidegate.Engine.Simulation;
using Tidegate.Pipeline;
using Tidegate.Pipeline.Reports;
using Tidegate.Testing;

namespace Tidegate.Delivery.Tests.Delivery;

/// <summary>A service whose usual failures are beyond its own limit: who releases it reads so, in the log and in Explain.</summary>
public sealed class LimitWarningTests
{
    private const string Warning = "warning: errors: in the hour before, ";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0.04, 1)]
    [InlineData(0.001, 0)]
    public async Task It_is_told_once_when_the_rollout_begins_and_in_Explain(double usual, int times)
    {
        var time = new VirtualTime(Some.Noon);
        var all = Some.Pipeline(s => s with { Comparison = Some.Comparison, UntilEvidence = true });
        var definition = all with { Stages = [all[Stage.Canary], all[Stage.RegionWaves]], Endpoints = ["GET /products"] };
        var platform = new SimulatedPlatform(
            definition.Environments, definition.Endpoints, time, 1, new() { Failure = usual, JourneysAsUsers = false })
        {
            CountedBefore = TimeSpan.FromHours(1),
        };
        platform.Seed("production", Some.Digest("old"));
        using var log = new StringWriter();
        using var progress = new PlainProgress(log, time);
        ISignalSource[] sources = [new ObservationSource(), new SimulatedSignals(platform)];
        var parts = new DeliveryParts(new MemoryLedger(time), platform, platform, sources, progress, time) { Probe = platform };
        var options = new DeliveryOptions("", "", "local", Path.Combine(Path.GetTempPath(), "tidegate-none"), "", DryRunSeed: 1);
        var pipeline = DeliveryPipeline.Open(options, definition, parts, "this test");

        var end = await pipeline.ReleaseAsync(Stage.Canary, Some.Artifact("new"), null, Token);

        end.Outcome.ShouldBe(Outcome.Released, end.Because);
        var told = log.ToString().Split('\n').Where(l => l.Contains(Warning)).ToList();
        told.Count.ShouldBe(times);
        told.ShouldAllBe(l => l.Contains("its atMost is 1%") && l.Contains("Raise atMost above what is usual"));
        var explained = (await pipeline.ExplainAsync(null, Token)).Lines;
        explained.Count(l => l.StartsWith(Warning)).ShouldBe(times);
    }
}
