using Tidegate.Testing;

namespace Tidegate.Engine.Tests;

public sealed class ComparisonTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Rig Compared(Func<ComparisonPolicy, ComparisonPolicy>? change = null) =>
        new Rig(pipeline: Some.Pipeline(s => s with { Comparison = (change ?? (c => c))(Some.Comparison) })).Running("production", Rig.Old);

    private static IEnumerable<double> Shares(Rig rig) => rig.Platform.Effects
        .Where(e => e.Contains(Rig.New.Digest.Brief, StringComparison.Ordinal))
        .Select(e => double.Parse(e[(e.IndexOf(Rig.New.Digest.Brief, StringComparison.Ordinal) + Rig.New.Digest.Brief.Length + 4)..].TrimEnd('%', ' '), System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public async Task A_healthy_canary_gets_more_and_more_requests_up_to_its_share_and_is_then_promoted()
    {
        var rig = Compared();

        var release = await rig.ReleaseAsync(Stage.Canary, cancellationToken: Token);

        release.State.ShouldBeOfType<ReleaseState.Delivered>();
        Shares(rig).ShouldBe(Shares(rig).Order());
        Shares(rig).Last().ShouldBe(30);
        Shares(rig).First().ShouldBeLessThan(15);
        (await rig.ServingAsync("production")).ShouldStartWith("eu-north: 2×old at 70 % + 1×new at 30 %");
    }

    [Fact]
    public async Task A_canary_that_fails_is_rolled_back_with_evidence_of_both_versions()
    {
        var rig = Compared().With(Rig.New, new(ErrorRate: 0.3));

        var release = await rig.ReleaseAsync(Stage.Canary, cancellationToken: Token);

        release.State.ShouldBeOfType<ReleaseState.RolledBack>().Because.ShouldContain("fail");
        var judged = rig.Progress.Looks.Last().Judgement;
        judged.Evidence.Single(e => e.Signal == "failures beside the running version").Words.ShouldContain("times the running version's");
        (await rig.ServingAsync("production")).ShouldNotContain("new");
    }

    [Fact]
    public async Task A_slow_canary_is_rolled_back()
    {
        var rig = Compared().With(Rig.New, new(SlowShare: 0.4));

        (await rig.ReleaseAsync(Stage.Canary, cancellationToken: Token)).State.ShouldBeOfType<ReleaseState.RolledBack>().Because.ShouldContain("slow");
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(0.3, false)]
    public async Task Beside_fresh_instances_of_the_running_version_a_canary_is_judged_all_the_same(double errorRate, bool delivered)
    {
        var rig = Compared(c => c with { FreshBaseline = true }).With(Rig.New, new(ErrorRate: errorRate));

        var release = await rig.ReleaseAsync(Stage.Canary, cancellationToken: Token);

        (release.State is ReleaseState.Delivered).ShouldBe(delivered, release.State.ToString());
        rig.Platform.Effects[0].ShouldStartWith($"production/eu-north: 3×{Rig.Old.Digest.Brief}");
        (await rig.ServingAsync("production")).ShouldStartWith(delivered ? "eu-north: 3×old at 70 % + 1×new at 30 %" : "eu-north: 2×old at 100 %");
        var records = ComparisonRecord.Fold(await rig.Ledger.ReadAsync(Stream(rig), Token));
        records.Single().Reference.Fresh.ShouldHaveSingleItem().ShouldEndWith("-2");
        records.Single().Windows.Where(w => w.Missing is null).ShouldAllBe(w => w.BaselineAltogether > w.Requests.Baseline);
    }

    [Fact]
    public async Task An_incident_that_hits_both_versions_freezes_the_ramp_and_holds()
    {
        var rig = Compared();
        rig.Platform.SharedOutageAfter = TimeSpan.FromSeconds(10);

        var release = await rig.ReleaseAsync(Stage.Canary, cancellationToken: Token);

        release.State.ShouldBeOfType<ReleaseState.Held>().Question.ShouldContain("no version causes");
        var share = Shares(rig).Last();
        rig.Platform.SharedOutageAfter = null;
        (await rig.ReleaseAsync(Stage.Canary, cancellationToken: Token)).State.ShouldBeOfType<ReleaseState.Delivered>();
        share.ShouldBeLessThan(30);
    }

    [Fact]
    public async Task Waves_keep_the_old_version_warm_until_the_final_watch_is_over()
    {
        var rig = Compared();
        (await rig.ReleaseAsync(Stage.Canary, cancellationToken: Token)).State.ShouldBeOfType<ReleaseState.Delivered>();

        (await rig.ReleaseAsync(Stage.RegionWaves, cancellationToken: Token)).State.ShouldBeOfType<ReleaseState.Delivered>();

        rig.Platform.Effects.ShouldContain($"production/us-east: 2×{Rig.Old.Digest.Brief} at 0 % + 4×{Rig.New.Digest.Brief} at 100 %");
        (await rig.ServingAsync("production")).ShouldBe("eu-north: 2×new at 100 %; eu-west: 3×new at 100 %; us-east: 4×new at 100 %; ap-south: 3×new at 100 %");
    }

    [Fact]
    public async Task A_fault_that_begins_after_the_promotion_is_settled_by_a_probe_and_rolled_back()
    {
        var rig = Compared();
        await rig.ReleaseAsync(Stage.Canary, cancellationToken: Token);
        rig.Progress.On = what =>
        {
            if (what is ReleaseProgress.Converging { Title: "final watch, the version before kept warm" }) rig.With(Rig.New, new(ErrorRate: 0.1));
        };

        var release = await rig.ReleaseAsync(Stage.RegionWaves, cancellationToken: Token);

        release.State.ShouldBeOfType<ReleaseState.RolledBack>();
        rig.Platform.Effects.ShouldContain($"production/us-east: 2×{Rig.Old.Digest.Brief} at 50 % + 4×{Rig.New.Digest.Brief} at 50 %");
        (await rig.ServingAsync("production")).ShouldBe("eu-north: 2×old at 100 %; eu-west: 3×old at 100 %; us-east: 4×old at 100 %; ap-south: 3×old at 100 %");
    }

    [Fact]
    public async Task Before_all_instances_are_new_both_versions_stand_side_by_side()
    {
        var rig = Compared().Running("gamma", Rig.Old);

        (await rig.ReleaseAsync(Stage.DeployGamma, cancellationToken: Token)).State.ShouldBeOfType<ReleaseState.Delivered>();

        rig.Platform.Effects[0].ShouldBe($"gamma/gamma-1: 2×{Rig.Old.Digest.Brief} at 50 % + 2×{Rig.New.Digest.Brief} at 50 %");
        (await rig.ServingAsync("gamma")).ShouldBe("gamma-1: 2×new at 100 %");
    }

    [Fact]
    public async Task A_shadow_gate_is_told_and_decides_nothing()
    {
        var rig = Compared(c => c with { Shadow = new("deaf", c.Options with { Alpha = 1e-9 }) }).With(Rig.New, new(ErrorRate: 0.3));

        (await rig.ReleaseAsync(Stage.Canary, cancellationToken: Token)).State.ShouldBeOfType<ReleaseState.RolledBack>();

        rig.Progress.Looks.Last().Judgement.Evidence.Single(e => e.Signal == "shadow gate deaf").Words.ShouldStartWith("decides nothing; would say: not yet");
    }

    [Fact]
    public async Task A_comparison_that_was_cut_by_a_kill_goes_on_with_what_it_had_seen()
    {
        var whole = Compared().With(Rig.New, new(ErrorRate: 0.12));
        await whole.ReleaseAsync(Stage.Canary, cancellationToken: Token);
        var windows = await Windows(whole);

        for (var cut = 1; cut < windows.Count; cut += 11)
        {
            var rig = Compared().With(Rig.New, new(ErrorRate: 0.12));
            var seen = 0;
            rig.Progress.On = what =>
            {
                if (what is ReleaseProgress.Looked && seen++ == cut) throw new OperationCanceledException("killed");
            };
            await Should.ThrowAsync<OperationCanceledException>(() => rig.ReleaseAsync(Stage.Canary, cancellationToken: Token));
            var before = ComparisonRecord.Fold(await rig.Ledger.ReadAsync(Stream(rig), Token));
            rig.Progress.On = null;

            (await rig.ReleaseAsync(Stage.Canary, cancellationToken: Token)).State.ShouldBeOfType<ReleaseState.RolledBack>($"cut at {cut}");

            var after = ComparisonRecord.Fold(await rig.Ledger.ReadAsync(Stream(rig), Token)).ShouldHaveSingleItem();
            after.Windows.Take(before.SingleOrDefault()?.Windows.Count ?? 0).Count().ShouldBe(before.SingleOrDefault()?.Windows.Count ?? 0);
        }
    }

    private static string Stream(Rig rig) => ComparisonRecord.Stream(rig.Pipeline[Stage.Canary].Environment.Name, 1);

    private static async Task<IReadOnlyList<ComparisonWindow>> Windows(Rig rig) =>
        ComparisonRecord.Fold(await rig.Ledger.ReadAsync(Stream(rig), Token)).Single().Windows;
}
