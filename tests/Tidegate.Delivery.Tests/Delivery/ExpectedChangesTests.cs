using System.Diagnostics.CodeAnalysis;
using Tidegate.Delivery.Tests.Reports;
using Tidegate.Engine;
using Tidegate.Engine.Simulation;
using Tidegate.Pipeline;
using Tidegate.Pipeline.Reports;
using Tidegate.Testing;

namespace Tidegate.Delivery.Tests.Delivery;

/// <summary><c>--expect</c>: what one release answers otherwise is declared by name, recorded, and ends with it.</summary>
public sealed class ExpectedChangesTests
{
    private const string Gone = "GET /old", Kept = "GET /products";
    private static readonly ExpectedChange Declared = new(Gone, "gone since nobody calls it");
    private static readonly ReleaseArtifact Candidate = Some.Artifact("new");

    private readonly List<string> _timeline = [];
    private readonly VirtualTime _time = new(Some.Noon);
    private readonly PipelineDefinition _definition;
    private DeliveryParts? _parts;

    public ExpectedChangesTests()
    {
        var all = Some.Pipeline(s => s with { Comparison = Some.Comparison, UntilEvidence = true });
        _definition = all with { Stages = [all[Stage.Canary], all[Stage.RegionWaves]], Endpoints = [Kept, Gone] };
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string> Wrong => new()
    {
        { "GET /old", "TG3003", "--expect \"GET /old: gone\"" },
        { "GET /old: ", "TG3003", "\"METHOD /path: what changes\"" },
        { "/old: gone", "TG3003", "\"METHOD /path: what changes\"" },
        { "GET /old: gone\nand more", "TG3003", "\"METHOD /path: what changes\"" },
        { "GET /old: " + new string('x', 201), "TG3003", "\"METHOD /path: what changes\"" },
        { "GET /odl: gone", "TG3004", "Did you mean \"GET /old\"? Known here: GET /products, GET /old. One that goes stays" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_names_no_endpoint_or_no_change_is_refused(string text, string code, string nextStep)
    {
        var problem = ExpectedChanges.Parse([text], [Kept, Gone]).Problems.ShouldHaveSingleItem();

        problem.Code.ShouldBe(code);
        problem.Where.ShouldStartWith("--expect \"");
        problem.Where.ShouldNotContain("\n");
        problem.NextStep.ShouldContain(nextStep);
    }

    [Fact]
    public void Every_problem_is_told_at_once_and_what_fits_is_kept_in_the_order_of_the_endpoints()
    {
        var (changes, problems) = ExpectedChanges.Parse(
            ["POST /x: new", "GET /products: now: a redirect ", "GET /old:gone", "GET /old: twice", "?"], [Kept, Gone]);

        problems.Select(p => p.Code).ShouldBe(["TG3004", "TG3005", "TG3003"]);
        changes.ShouldBe([new(Gone, "gone"), new(Kept, "now: a redirect")]);
        ExpectedChanges.Parse(["POST /x: new"], endpoints: null).Problems.ShouldBeEmpty("which there are is not known");
    }

    [Fact]
    public async Task An_endpoint_that_goes_is_released_when_it_is_declared_and_rolled_back_when_not()
    {
        Runs(new() { Endpoint = Gone, NotFound = 1 });

        (await ReleaseAsync(Open(), Stage.Canary)).Outcome.ShouldBe(Outcome.RolledBack);
        var again = Open(Declared);
        var end = await ReleaseAsync(again, Stage.Canary, new(Decision.Retry, "ada", "it is meant"));

        end.Outcome.ShouldBe(Outcome.Released, end.Because);
        _timeline.ShouldContain(l => l.Contains("expected in this release: GET /old: gone since nobody calls it"));
        (await again.ExplainAsync(null, Token)).Lines.ShouldContain(l => l.StartsWith("expected in this release: GET /old: "));
        TestConsole.Draw(StatusTable.Of(await again.StatusAsync(Token))).ShouldContain("expected: GET /old: gone");
        var runs = RunTimeline.Fold(await _parts.Ledger.ReadAsync("production", Token));
        MarkdownReport.Write(Candidate, runs).ShouldContain("expected in this release: GET /old: gone");
    }

    [Fact]
    public async Task What_fails_there_is_held_against_it_all_the_same()
    {
        Runs(new() { Endpoint = Gone, Errors = 0.5 });

        (await ReleaseAsync(Open(Declared), Stage.Canary)).Outcome.ShouldBe(Outcome.RolledBack);
    }

    [Fact]
    public async Task So_are_other_answers_of_an_endpoint_that_is_not_declared()
    {
        Runs(new() { NotFound = 1 });

        (await ReleaseAsync(Open(Declared), Stage.Canary)).Outcome.ShouldBe(Outcome.RolledBack);
    }

    [Fact]
    public async Task Waves_take_it_from_their_canary_and_the_next_release_does_not()
    {
        Runs(new() { Endpoint = Gone, NotFound = 1 });
        await ReleaseAsync(Open(Declared), Stage.Canary);

        var other = await ReleaseAsync(Open(new ExpectedChange(Kept, "moved")), Stage.RegionWaves);
        other.Outcome.ShouldBe(Outcome.InputInvalid);
        other.Because.ShouldContain("begun with other expected changes (GET /old: gone since nobody calls it)");
        other.Because.ShouldContain("Leave --expect out");
        (await ReleaseAsync(Open(), Stage.RegionWaves)).Outcome.ShouldBe(Outcome.Released);
        await Open().ReleaseAsync(Stage.Canary, Some.Artifact("next"), null, Token);

        var plans = ReleaseHistory.Fold(await _parts.Ledger.ReadAsync("production", Token)).Runs.Select(r => r.Plan).ToList();
        plans.Select(p => p.Rollout!.Expected.Count).ShouldBe([1, 1, 0]);
        plans[1].Rollout!.Expected.ShouldBe([Declared]);
    }

    [Fact]
    public async Task A_run_that_was_stopped_needs_it_no_more_and_bears_no_other()
    {
        Runs(new() { Endpoint = Gone, NotFound = 1 });
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Token);
        _time.Moved += Stop;
        await Should.ThrowAsync<OperationCanceledException>(() => Open(Declared).ReleaseAsync(Stage.Canary, Candidate, null, stopping.Token));
        _time.Moved -= Stop;

        var other = await ReleaseAsync(Open(Declared with { Change = "moved" }), Stage.Canary);
        var without = await ReleaseAsync(Open(), Stage.Canary);

        other.Outcome.ShouldBe(Outcome.InputInvalid);
        other.Because.ShouldContain("stay as they were for the whole release; nothing was touched");
        without.Outcome.ShouldBe(Outcome.Released, without.Because);

        void Stop(DateTimeOffset at)
        {
            if (at >= Some.Noon.AddSeconds(20)) stopping.Cancel();
        }
    }

    [Fact]
    public async Task Where_nothing_is_compared_it_is_refused_before_anything_is_touched()
    {
        Runs(new(), nothingYet: true);

        var end = await ReleaseAsync(Open(Declared), Stage.Canary);

        end.Outcome.ShouldBe(Outcome.InputInvalid);
        end.Because.ShouldContain("no version runs yet");
        ((SimulatedPlatform)_parts.Platform).Effects.ShouldBeEmpty();
    }

    /// <summary>The version before runs, and the candidate is otherwise.</summary>
    [MemberNotNull(nameof(_parts))]
    private void Runs(SimulatedFault fault, bool nothingYet = false)
    {
        var platform = new SimulatedPlatform(_definition.Environments, [Kept, Gone], _time, 1, World(fault))
        {
            Candidate = Candidate.Digest,
        };
        if (!nothingYet) platform.Seed("production", Some.Digest("old"));
        var progress = new TimelineProgress(_definition, _time, _timeline.Add);
        _parts = new(new MemoryLedger(_time), platform, platform, [new ObservationSource(), new SimulatedSignals(platform)], progress, _time) { Probe = platform };
    }

    /// <summary>Journeys do not walk there: only users meet it.</summary>
    private static SimulatedWorld World(SimulatedFault fault) => SimulatedWorld.Quiet with { Fault = fault, JourneysAsUsers = false };

    private DeliveryPipeline Open(params ExpectedChange[] expected) => DeliveryPipeline.Open(
        new("", "", "local", Path.Combine(Path.GetTempPath(), "tidegate-none"), "", DryRunSeed: 1),
        _definition with { Expected = expected },
        _parts!,
        "this test");

    private static Task<StageEnd> ReleaseAsync(DeliveryPipeline pipeline, Stage stage, DecisionGiven? decision = null) =>
        pipeline.ReleaseAsync(stage, Candidate, decision, Token);
}
