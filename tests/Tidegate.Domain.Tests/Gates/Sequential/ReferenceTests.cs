namespace Tidegate.Gates.Sequential;

/// <summary>What is taken from the hour before a release.</summary>
public sealed class ReferenceTests
{
    [Fact]
    public void An_incident_in_the_hour_before_does_not_raise_the_usual_failure_rate()
    {
        var quiet = Enumerable.Repeat(new EventCount(6, 6000), 55);
        var incident = Enumerable.Repeat(new EventCount(900, 6000), 5);

        ReferenceRate.From([.. quiet, .. incident]).ShouldBe(0.001, 0.00001);
    }

    [Fact]
    public void A_quiet_service_without_any_failure_still_has_a_rate_above_zero()
    {
        ReferenceRate.From([.. Enumerable.Repeat(new EventCount(0, 12), 60)]).ShouldBe(1 / 1720.0, 1e-9);
        ReferenceRate.From([]).ShouldBe(0.001);
    }

    [Fact]
    public void Rare_failures_are_not_mistaken_for_an_incident() =>
        ReferenceRate.From([.. Enumerable.Range(0, 60).Select(i => new EventCount(i % 4 == 0 ? 2 : 0, 600))]).ShouldBe(30 / 36_000.0, 0.00005);

    [Fact]
    public void An_edge_is_the_first_of_the_histogram_that_leaves_no_more_than_the_quantile_beyond_it()
    {
        double[] edges = [100, 105, 110.25, 115.7625, 121.55];
        long[] beyond = [500, 20, 10, 4, 1];

        LatencyEdges.At(edges, beyond, 1000, 0.99).ShouldBe(new LatencyEdges(110.25, 115.7625, 121.55));
        LatencyEdges.At(edges, beyond, 1000, 0.5).ShouldBe(new LatencyEdges(100, 105, 115.7625));
    }

    [Fact]
    public void Instances_that_differ_more_than_counting_explains_widen_the_tolerance()
    {
        var alike = Enumerable.Range(0, 10).Select(i => new EventCount(100 + (i % 2 == 0 ? 8 : -8), 100_000)).ToList();
        var unlike = Enumerable.Range(0, 10).Select(i => new EventCount(10_000 + (i % 2 == 0 ? 2_000 : -2_000), 10_000_000)).ToList();

        ToleranceEstimate.From(alike).ShouldBe(1.1);
        ToleranceEstimate.From(unlike).ShouldBe(Math.Exp(2.3 * 0.2), 0.01);
        ToleranceEstimate.From([new(3, 1000)]).ShouldBe(1.1);
    }

    [Fact]
    public void Failures_in_clusters_are_dispersed_and_independent_ones_are_not()
    {
        DispersionEstimate Of(params long[][] windows) => windows.Aggregate(default(DispersionEstimate), (d, w) => d.Add(w));

        Of([.. Enumerable.Repeat<long[]>([30, 0, 0, 0, 0], 10)]).Value.ShouldBe(30, 1e-9);
        Of([.. Enumerable.Repeat<long[]>([6, 6, 6, 6, 6], 10)]).Value.ShouldBe(1);
        Of([9, 0, 0]).Value.ShouldBe(1);
    }
}
