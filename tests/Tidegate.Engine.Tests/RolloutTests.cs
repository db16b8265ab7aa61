using System.Text.Json;
using Tidegate.Testing;

namespace Tidegate.Engine.Tests;

/// <summary>Canary and waves as one rollout, through the real engine on the simulated platform.</summary>
public sealed class RolloutTests
{
    private const string AllNew =
        "eu-north: 2×new at 100 %; eu-west: 3×new at 100 %; us-east: 4×new at 100 %; ap-south: 3×new at 100 %";

    private const string AllOld =
        "eu-north: 2×old at 100 %; eu-west: 3×old at 100 %; us-east: 4×old at 100 %; ap-south: 3×old at 100 %";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_healthy_version_goes_from_its_first_instance_to_the_end_of_the_watch()
    {
        var rig = Compared();

        (await rig.ReleaseAsync(Stage.Canary, cancellationToken: Token)).State.ShouldBeOfType<ReleaseState.Delivered>();
        var canary = Shares(rig).ToList();
        var waves = await rig.ReleaseAsync(Stage.RegionWaves, cancellationToken: Token);

        canary.ShouldBe(canary.Order());
        canary.First(s => s > 0).ShouldBeLessThan(30);
        canary.Last().ShouldBe(30);
        waves.State.ShouldBeOfType<ReleaseState.Delivered>();
        rig.Platform.Effects.ShouldContain(
            $"production/us-east: 2×{Rig.Old.Digest.Brief} at 0 % + 4×{Rig.New.Digest.Brief} at 100 %");
        (await rig.ServingAsync("production")).ShouldBe(AllNew);
        rig.Platform.FailedRequests.ShouldBe(0);
    }

    [Fact]
    public async Task Waves_go_on_with_the_evidence_of_the_canary()
    {
        var rig = Compared();
        await rig.ReleaseAsync(Stage.Canary, cancellationToken: Token);
        await rig.ReleaseAsync(Stage.RegionWaves, cancellationToken: Token);

        var runs = ReleaseHistory.Fold(await rig.Ledger.ReadAsync("production", Token)).Runs;
        var facts = await rig.RolloutAsync(runs[1].Sequence);

        runs[1].Plan.Rollout!.Continues.ShouldBe(1);
        facts.OfType<LedgerFact.RolloutBegan>().ShouldHaveSingleItem().Carried.ShouldBeTrue();
        facts.OfType<LedgerFact.RolloutEntered>().Select(e => e.Step).ShouldBe([0, 1, 2, 3]);
    }

    [Fact]
    public async Task One_that_fails_is_rolled_back_with_the_evidence_against_it()
    {
        var rig = Compared().With(Rig.New, new(ErrorRate: 0.3));

        var release = await rig.ReleaseAsync(Stage.Canary, cancellationToken: Token);

        release.State.ShouldBeOfType<ReleaseState.RolledBack>().Because.ShouldContain("more requests fail than in the running version");
        var judged = rig.Progress.Looks.Last().Judgement;
        judged.Verdict.ShouldBe(Verdict.Unhealthy);
        judged.Evidence.ShouldContain(e => e.Strength >= e.Needed && e.Words.Contains("fail", StringComparison.Ordinal));
        Shares(rig).Max().ShouldBeLessThan(30);
        (await rig.ServingAsync("production")).ShouldBe(AllOld);
    }

    [Fact]
    public async Task One_that_is_slow_is_rolled_back()
    {
        var rig = Compared().With(Rig.New, new(SlowShare: 0.4));

        (await rig.ReleaseAsync(Stage.Canary, cancellationToken: Token))
            .State.ShouldBeOfType<ReleaseState.RolledBack>().Because.ShouldContain("slower");
    }

    [Fact]
    public async Task One_that_fails_in_a_wave_is_taken_back_everywhere()
    {
        var rig = Compared();
        await rig.ReleaseAsync(Stage.Canary, cancellationToken: Token);
        Once(rig, l => l.Step.Wave == 2, () => rig.With(Rig.New, new(ErrorRate: 0.3)));

        (await rig.ReleaseAsync(Stage.RegionWaves, cancellationToken: Token)).State.ShouldBeOfType<ReleaseState.RolledBack>();

        (await rig.ServingAsync("production")).ShouldBe(AllOld);
        rig.Platform.Effects.ShouldNotContain(e => e.Contains("us-east", StringComparison.Ordinal) && e.Contains(Rig.New.Digest.Brief, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_fault_that_begins_after_the_promotion_is_probed_and_rolled_back()
    {
        var rig = Compared();
        await rig.ReleaseAsync(Stage.Canary, cancellationToken: Token);
        var before = 0;
        Once(rig, IsWatched, () =>
        {
            before = rig.Platform.Effects.Count;
            rig.With(Rig.New, new(ErrorRate: 0.1));
        });

        (await rig.ReleaseAsync(Stage.RegionWaves, cancellationToken: Token)).State.ShouldBeOfType<ReleaseState.RolledBack>();

        before.ShouldBeGreaterThan(0);
        rig.Platform.Effects.Skip(before).Select(Share).ShouldContain(s => s > 0 && s < 100, "both versions are compared again");
        rig.Progress.Reports.OfType<ReleaseProgress.Moved>().Select(m => m.Event).OfType<ReleaseEvent.TargetsChosen>()
            .ShouldContain(e => e.Because == RolloutWords.Probe);
        (await rig.ServingAsync("production")).ShouldBe(AllOld);
    }

    [Fact]
    public async Task A_shadow_gate_is_told_and_decides_nothing()
    {
        var deaf = Compared(c => c with { Shadow = new("deaf", c.Options with { Alpha = 1e-12 }) })
            .With(Rig.New, new(ErrorRate: 0.3));
        var jumpy = Compared(c => c with { Shadow = new("jumpy", c.Options with { Alpha = 0.999 }) })
            .With(Rig.New, new(ErrorRate: 0.001));

        (await deaf.ReleaseAsync(Stage.Canary, cancellationToken: Token)).State.ShouldBeOfType<ReleaseState.RolledBack>();
        await jumpy.ReleaseAsync(Stage.Canary, cancellationToken: Token);

        deaf.Progress.Looks.Last().Judgement.Evidence.Single(e => e.Signal == "shadow gate deaf").Words
            .ShouldBe("decides nothing; would say: GoOn");
        jumpy.Progress.Looks.ShouldAllBe(l => l.Judgement.Evidence.Any(e => e.Signal == "shadow gate jumpy"));
        (await deaf.WindowsAsync()).Count.ShouldBe((await WithoutShadow()).Count);

        static async Task<IReadOnlyList<RolloutWindow>> WithoutShadow()
        {
            var rig = Compared().With(Rig.New, new(ErrorRate: 0.3));
            await rig.ReleaseAsync(Stage.Canary, cancellationToken: Token);
            return await rig.WindowsAsync();
        }
    }

    [Fact]
    public async Task An_incident_that_no_version_causes_freezes_the_rollout_and_is_asked_about_at_last()
    {
        var rig = Compared();
        rig.Platform.SharedOutageAfter = TimeSpan.FromSeconds(10);

        var held = (await rig.ReleaseAsync(Stage.Canary, cancellationToken: Token)).State.ShouldBeOfType<ReleaseState.Held>();

        held.Question.ShouldContain("no version causes");
        held.For.ShouldBe(HeldFor.Evidence);
        Shares(rig).Max().ShouldBeLessThan(30);
        rig.Platform.SharedOutageAfter = null;
        (await rig.ReleaseAsync(Stage.Canary, cancellationToken: Token)).State.ShouldBeOfType<ReleaseState.Delivered>();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cut_by_a_kill_it_goes_on_with_the_windows_that_were_recorded(bool faulty)
    {
        var cuts = new[] { 1, 2, 5, 9, 14, 22, 35 };
        foreach (var cut in cuts)
        {
            var rig = Compared();
            if (faulty) rig.With(Rig.New, new(ErrorRate: 0.06));
            var seen = 0;
            rig.Progress.On = what =>
            {
                if (what is ReleaseProgress.Looked && ++seen == cut) throw new InvalidOperationException("killed");
            };
            await Should.ThrowAsync<InvalidOperationException>(() => rig.ReleaseAsync(Stage.Canary, cancellationToken: Token));
            var before = await rig.WindowsAsync();
            rig.Progress.On = null;

            var release = await rig.ReleaseAsync(Stage.Canary, cancellationToken: Token);

            release.State.GetType().ShouldBe(faulty ? typeof(ReleaseState.RolledBack) : typeof(ReleaseState.Delivered), $"cut at {cut}");
            (await rig.WindowsAsync()).Take(before.Count).Select(Json).ShouldBe(before.Select(Json));
            (await rig.RolloutAsync()).OfType<LedgerFact.RolloutBegan>().ShouldHaveSingleItem();
        }
    }

    private static Rig Compared(Func<ComparisonPolicy, ComparisonPolicy>? change = null) =>
        new Rig(pipeline: Some.Pipeline(s => s with { Comparison = (change ?? (c => c))(Some.Comparison) }))
            .Running("production", Rig.Old);

    private static void Once(Rig rig, Func<ReleaseProgress.Looked, bool> when, Action happens)
    {
        var over = false;
        rig.Progress.On = what =>
        {
            if (over || what is not ReleaseProgress.Looked look || !when(look)) return;
            over = true;
            happens();
        };
    }

    private static bool IsWatched(ReleaseProgress.Looked look) => look.Step.Title.StartsWith("watch", StringComparison.Ordinal);

    private static IEnumerable<double> Shares(Rig rig) =>
        rig.Platform.Effects.Where(e => e.Contains(Rig.New.Digest.Brief, StringComparison.Ordinal)).Select(Share);

    /// <summary>The new version's; 0 where it is not named.</summary>
    private static double Share(string effect)
    {
        var at = effect.IndexOf($"{Rig.New.Digest.Brief} at ", StringComparison.Ordinal);
        if (at < 0) return 0;

        var number = effect[(at + Rig.New.Digest.Brief.Length + 4)..].Split('%')[0];
        return double.Parse(number, System.Globalization.CultureInfo.InvariantCulture);
    }

    private static string Json(RolloutWindow window) => JsonSerializer.Serialize(window);
}
