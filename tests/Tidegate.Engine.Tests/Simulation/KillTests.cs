
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
            kill.Pass();
            return inner.ObserveAsync(environment, cancellationToken);
        }

        public Task<ApplyResult> RemoveAsync(string environment, long generation, CancellationToken cancellationToken)
        {
            kill.Pass();
            return inner.RemoveAsync(environment, generation, cancellationToken);
        }
    }
}
