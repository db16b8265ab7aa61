using System.Text.Json;
using Tidegate.Testing;

namespace Tidegate.Engine.Tests.Simulation;

/// <summary>A run that is killed at any point and called again ends as the undisturbed run does, each effect once.</summary>
public sealed class KillTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Killed_at_every_point_and_called_again_it_ends_as_the_undisturbed_run(bool faulty)
    {
        var undisturbed = await RunAsync(new KillSwitch(int.MaxValue), faulty);
        undisturbed.Outcome.ShouldBe(faulty ? "RolledBack" : "Delivered");

        for (var at = 1; at <= undisturbed.Calls; at++)
        {
            var killed = await RunAsync(new KillSwitch(at), faulty);

            (killed.Outcome, killed.Serving).ShouldBe((undisturbed.Outcome, undisturbed.Serving), $"killed at call {at}");
            killed.DistinctEffects.ShouldBe(undisturbed.DistinctEffects, $"killed at call {at}");
        }
    }

    /// <summary>Shares follow the evidence, so a run that was killed and goes on is not the same run; it ends the same, and forgets no window.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_rollout_that_is_killed_at_every_effect_goes_on_with_the_windows_it_had(bool faulty)
    {
        var undisturbed = await RollOutAsync(new KillSwitch(int.MaxValue), faulty);
        undisturbed.Outcome.ShouldBe(faulty ? "RolledBack" : "Delivered");
        undisturbed.Calls.ShouldBeGreaterThan(20);

        for (var at = 1; at <= undisturbed.Calls; at++)
        {
            var killed = await RollOutAsync(new KillSwitch(at), faulty);

            (killed.Outcome, killed.Serving).ShouldBe((undisturbed.Outcome, undisturbed.Serving), $"killed at effect {at}");
            killed.Windows.Take(killed.Recorded.Count).ShouldBe(killed.Recorded, $"killed at effect {at}");
        }
    }

    private static async Task<RolledOut> RollOutAsync(KillSwitch kill, bool faulty)
    {
        var token = TestContext.Current.CancellationToken;
        var pipeline = Some.Pipeline(s => s with
        {
            Environment = s.Environment with { Regions = [.. s.Environment.Regions.Take(2)] },
            Comparison = Some.Comparison with
            {
                Options = Some.Comparison.Options with { WatchTime = TimeSpan.FromSeconds(15) },
            },
        });
        var rig = new Rig(pipeline: pipeline).Running("production", Rig.Old);
        if (faulty)
        {
            rig.Progress.On = what =>
            {
                if (what is ReleaseProgress.Looked { Step.Wave: 2 }) rig.With(Rig.New, new(ErrorRate: 0.3));
            };
        }

        var platform = new KillingPlatform(rig.Platform, kill) { OnlyEffects = true };
        Release? release = null;
        IReadOnlyList<string> recorded = [];
        for (var run = 0; run < 3 && release is null; run++)
        {
            try
            {
                release = await rig.ReleaseAsync(Stage.RegionWaves, platform: platform, cancellationToken: token);
            }
            catch (KilledException)
            {
                recorded = await Windows(rig);
            }
        }

        return new(
            release?.State.GetType().Name ?? "never ended", await rig.ServingAsync("production"), await Windows(rig), recorded, kill.Calls);

        static async Task<IReadOnlyList<string>> Windows(Rig rig) =>
            [.. (await rig.WindowsAsync()).Select(w => JsonSerializer.Serialize(w))];
    }

    private sealed record RolledOut(
        string Outcome, string Serving, IReadOnlyList<string> Windows, IReadOnlyList<string> Recorded, int Calls);

    private static async Task<(string Outcome, string Serving, string DistinctEffects, int Calls)> RunAsync(KillSwitch kill, bool faulty)
    {
        var token = TestContext.Current.CancellationToken;
        var rig = new Rig().Running("production", Rig.Old);
        if (faulty) rig.With(Rig.New, new(ErrorRate: 0.3));
        var platform = new KillingPlatform(rig.Platform, kill);

        Release? release = null;
        for (var run = 0; run < 3 && release is null; run++)
        {
            try
            {
                release = await rig.ReleaseAsync(Stage.RegionWaves, platform: platform, cancellationToken: token);
            }
            catch (KilledException)
            {
                // As after SIGKILL: nothing of the run is left but the ledger and the platform.
            }
        }

        // Asking a region again for what was last asked of it changes nothing, so it is the same effect.
        var effects = rig.Platform.Effects.Where((e, i) => rig.Platform.Effects.Take(i).LastOrDefault(b => RegionOf(b) == RegionOf(e)) != e).ToList();
        return (release!.State.GetType().Name, await rig.ServingAsync("production"), string.Join('\n', effects.Where(e => !faulty || !e.Contains('+', StringComparison.Ordinal))), kill.Calls);
    }

    private static string RegionOf(string effect) => effect.Split(':')[0];

    /// <summary>Counts every point at which the run could die: before and after each call of the platform.</summary>
    private sealed class KillSwitch(int at)
    {
        public int Calls { get; private set; }

        public void Pass()
        {
            if (++Calls == at) throw new KilledException();
        }
    }

    private sealed class KilledException : Exception;

    private sealed class KillingPlatform(IPlatform inner, KillSwitch kill) : IPlatform
    {
        /// <summary>Looking changes nothing: only what has an effect is a point of its own.</summary>
        public bool OnlyEffects { get; init; }

        public Task<string?> ReviveAsync(string environment, CancellationToken cancellationToken) => inner.ReviveAsync(environment, cancellationToken);

        public Task ConfirmAsync(string environment, CancellationToken cancellationToken) => inner.ConfirmAsync(environment, cancellationToken);

        public async Task<ApplyResult> ApplyAsync(DesiredRegion desired, CancellationToken cancellationToken)
        {
            kill.Pass();
            var result = await inner.ApplyAsync(desired, cancellationToken);
            kill.Pass();
            return result;
        }

        public Task<ObserveResult> ObserveAsync(string environment, CancellationToken cancellationToken)
        {
            if (!OnlyEffects) kill.Pass();
            return inner.ObserveAsync(environment, cancellationToken);
        }

        public Task<ApplyResult> RemoveAsync(string environment, long generation, CancellationToken cancellationToken)
        {
            kill.Pass();
            return inner.RemoveAsync(environment, generation, cancellationToken);
        }
    }
}
