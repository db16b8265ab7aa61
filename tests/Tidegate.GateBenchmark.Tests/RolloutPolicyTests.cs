using Tidegate.Engine.Simulation;
using Tidegate.GateBenchmark.Policies;

namespace Tidegate.GateBenchmark.Tests;

/// <summary>A few releases with fixed seeds: far too few for a rate, and enough to see that a change broke the gate.</summary>
public sealed class RolloutPolicyTests
{
    private static readonly RolloutPolicy Rollout = new("rollout", RolloutOptions.Default);

    [Theory]
    [InlineData("H01")]
    [InlineData("H02")]
    [InlineData("H04")]
    [InlineData("H05")]
    [InlineData("R3_healthy_0.1%_phi9_100rps")]
    public void A_harmless_release_gets_all_requests(string scenario)
    {
        for (var seed = 1; seed <= 2; seed++)
        {
            var run = Play(scenario, seed);

            run.RolledBack.ShouldBeFalse($"{scenario}, seed {seed}: {run.Because}");
            run.Held.ShouldBeFalse($"{scenario}, seed {seed}: {run.Because}");
            run.Released.ShouldBeLessThan(Policy.Horizon);
            run.Harm.ShouldBe(0);
        }
    }

    [Theory]
    [InlineData("F03", 60)]
    [InlineData("F05", 30)]
    [InlineData("F09", 1000)]
    [InlineData("F15", 20)]
    [InlineData("F22", 60)]
    [InlineData("R3_+1pp_phi5_100rps", 200)]
    public void A_faulty_release_is_rolled_back(string scenario, double atMost)
    {
        for (var seed = 1; seed <= 2; seed++)
        {
            var run = Play(scenario, seed);

            run.RolledBack.ShouldBeTrue($"{scenario}, seed {seed}: {run}");
            run.Harm.ShouldBeInRange(0, atMost, $"{scenario}, seed {seed}: {run}");
        }
    }

    [Fact]
    public void A_seed_gives_the_same_release_again() => Play("F03", 7).ShouldBe(Play("F03", 7));

    private static Run Play(string scenario, int seed) =>
        Rollout.Play(SuiteFiles.Named(scenario), Generator.For(scenario, seed));
}
