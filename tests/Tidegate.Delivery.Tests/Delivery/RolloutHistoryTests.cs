using Tidegate.Engine.Simulation;
using Tidegate.Pipeline;
using Tidegate.Testing;

namespace Tidegate.Delivery.Tests.Delivery;

/// <summary>What Explain, <c>--replay</c> and <c>--dry-run</c> tell of canary and waves that are one release.</summary>
public sealed class RolloutHistoryTests
{
    private const string Bad = "more requests fail than in the running version";

    private readonly List<string> _timeline = [];
    private readonly PipelineDefinition _definition;
    private readonly DeliveryParts _parts;
    private readonly string _candidate;

    public RolloutHistoryTests()
    {
        _definition = Compared(c => c);
        _candidate = DryRun.Candidate(_definition).Digest.Brief;
        _parts = DryRun.Parts(_definition, ["GET /products"], 1, Some.Noon,
            time => new TimelineProgress(_definition, time, _timeline.Add));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_release_that_passes_is_explained_from_its_conclusion_to_its_windows()
    {
        await ReleaseAsync(Stage.Canary, Stage.RegionWaves);

        var (end, lines) = await Opened(_definition).ExplainAsync(null, Token);

        end.Outcome.ShouldBe(Outcome.Released);
        lines[0].ShouldStartWith("Canary of orders candidate ");
        lines[0].ShouldEndWith(" in production: delivered, healthy");
        lines[1].ShouldContain("watched long enough, and little is at stake");
        lines.ShouldContain(l => l.StartsWith("measured of the running version, in "));
        lines.ShouldContain(l => l.StartsWith("  eu-north: 14.9 requests/s, "));
        lines.ShouldContain(l => l.StartsWith("  endpoints: GET /products "));
        lines.ShouldContain(l => l.StartsWith("  canary begins "));
        lines.ShouldContain(l => l.Contains("canary in eu-north"));
        lines.ShouldContain(l => l.Contains("wave: "));
        lines.ShouldContain(l => l.Contains("everywhere 100 %"));
        lines.Last(l => l.Length > 0).ShouldContain("healthy: healthy to the end of the watch");
        lines.Count.ShouldBeLessThan(120, "few lines, and not one for each window");
    }

    [Fact]
    public async Task A_release_that_is_rolled_back_is_explained_with_what_is_accused_and_when_it_rose()
    {
        Turn(new(ErrorRate: 0.3));
        await ReleaseAsync(Stage.Canary);

        var (_, lines) = await Opened(_definition).ExplainAsync(_candidate, Token);

        lines[0].ShouldContain("rolled back: ");
        lines[1].ShouldContain(Bad);
        lines.ShouldContain(l => l.Contains("evidence reached 100"));
        lines.Last(l => l.Length > 0).ShouldContain($"UNHEALTHY: {Bad}");
    }

    [Fact]
    public async Task A_recorded_release_is_judged_again_with_other_settings_and_with_those_of_a_shadow()
    {
        Turn(new(ErrorRate: 0.3));
        await ReleaseAsync(Stage.Canary);
        var lenient = Compared(c => c with
        {
            Options = c.Options with { Alpha = 1e-12 },
            Shadow = new("as before", c.Options),
        });

        var (end, lines) = await Opened(lenient).ReplayAsync(_candidate, Token);

        end.Outcome.ShouldBe(Outcome.Released);
        lines[0].ShouldStartWith("Canary in production: canary and waves as one release, ");
        lines[1].ShouldStartWith("  then: gate quick: UNHEALTHY after ");
        lines[2].ShouldStartWith("  now: gate quick: not yet after ");
        lines[3].ShouldStartWith("  shadow: gate as before: UNHEALTHY after ");
    }

    [Fact]
    public async Task Waves_are_judged_again_with_what_their_canary_showed()
    {
        await ReleaseAsync(Stage.Canary, Stage.RegionWaves);

        var (_, lines) = await Opened(_definition).ReplayAsync(_candidate, Token);

        var verdicts = lines.Where(l => l.StartsWith("  ")).ToList();
        verdicts.Count.ShouldBe(4);
        verdicts.ShouldAllBe(l => l.Contains(": healthy after "));
        Verdict(verdicts[3]).ShouldBe(Verdict(verdicts[2]), "the settings are those of then");

        static string Verdict(string line) => line[line.IndexOf("gate", StringComparison.Ordinal)..];
    }

    [Fact]
    public async Task A_dry_run_prints_the_budget_of_its_release_before_it_plays_in_the_words_of_Explain()
    {
        await ReleaseAsync(Stage.Canary);

        var (_, lines) = await Opened(_definition).ExplainAsync(null, Token);
        var begins = lines.ToList().FindIndex(l => l.StartsWith("one budget: at most 1 % "));
        var table = lines.Skip(begins).TakeWhile(l => !l.StartsWith("gate ")).ToList();
        _timeline[0].ShouldContain("Canary in production");
        _timeline.Skip(1).Take(table.Count).Select(l => l[13..]).ShouldBe(table);
        table[^1].TrimEnd().ShouldEndWith("100.00");
        table.Count.ShouldBeLessThan(14);
        _timeline[table.Count + 1].ShouldContain("eu-north beside the running version");
        _timeline[table.Count + 2].ShouldContain("eu-north: 1 new instance, 0 % of the requests: new instances begin");
    }

    [Fact]
    public async Task A_share_that_grows_is_told_of_its_own_region_alone()
    {
        await ReleaseAsync(Stage.Canary, Stage.RegionWaves);

        var grown = _timeline.Where(l => l.Contains("is ruled out")).ToList();

        grown.Count.ShouldBeGreaterThan(5);
        grown.ShouldContain(l => l.Contains("% of the requests") && !l.Contains("ap-south") && !l.Contains("us-east"));
    }

    private static PipelineDefinition Compared(Func<ComparisonPolicy, ComparisonPolicy> change)
    {
        var all = Some.Pipeline(s => s with { Comparison = change(Some.Comparison), UntilEvidence = true });
        return all with { Stages = [all[Stage.Canary], all[Stage.RegionWaves]], Endpoints = ["GET /products"] };
    }

    private void Turn(SimulatedVersion behaviour) =>
        ((SimulatedPlatform)_parts.Platform).Versions[DryRun.Candidate(_definition).Digest] = behaviour;

    private DeliveryPipeline Opened(PipelineDefinition definition) => DeliveryPipeline.Open(
        new("", "", "local", Path.Combine(Path.GetTempPath(), "tidegate-none"), "", DryRunSeed: 1),
        definition,
        _parts,
        "this test");

    private async Task ReleaseAsync(params Stage[] stages)
    {
        foreach (var stage in stages)
        {
            await Opened(_definition).ReleaseAsync(stage, DryRun.Candidate(_definition), null, Token);
        }
    }
}
