using Tidegate.Engine.Simulation;
using Tidegate.GateBenchmark.Scenarios;
using Tidegate.GateBenchmark.Worlds;

namespace Tidegate.GateBenchmark.Tests;

public sealed class RegionHistoryTests
{
    [Fact]
    public void The_product_finds_the_dispersion_that_a_world_has()
    {
        var steady = Measured(new Service());
        var bursts = Measured(new Service(Dispersion: 9, SlowDispersion: 9));

        steady.Regions[0].Counts.ShouldBeLessThan(2);
        steady.SlowDispersion[0].ShouldBeLessThan(1.5);
        bursts.Regions[0].Counts.ShouldBeInRange(5, 14);
        bursts.SlowDispersion[0].ShouldBeInRange(5, 14);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(50)]
    [InlineData(1000)]
    public void The_quantiles_are_found_at_the_edges_own_buckets(double median)
    {
        var edges = Measured(new Service(Median: median)).Regions[0].Edges;

        double[] expected = [4.04 * median, 2.16 * median, median];
        for (var q = 0; q < expected.Length; q++)
        {
            LatencyBuckets.Milliseconds.ShouldContain(edges[q].Edge);
            edges[q].Edge.ShouldBeInRange(expected[q] / 1.06, expected[q] * 1.06);
            (edges[q].Margin / edges[q].Edge).ShouldBe(Math.Pow(1.05, 3), 0.001);
        }
    }

    [Fact]
    public void The_failure_rate_is_the_services()
    {
        Measured(new Service(FailureRate: 0.02)).FailureRate.ShouldBeInRange(0.019, 0.021);
    }

    private static RolloutReference Measured(Service service)
    {
        var scenario = new Scenario("world", 100, EnvironmentKind.Steady, new Fault(), "promote", Written: service);
        var plan = RegionPlan.Of(scenario, RolloutOptions.Default);
        return RegionHistory.Of(scenario, Generator.For("world", 1), plan);
    }
}
