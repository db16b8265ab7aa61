namespace Tidegate.Gates.Calibration;

public sealed class InstanceReadingsTests
{
    [Fact]
    public void A_window_is_what_came_between_two_readings()
    {
        var windows = InstanceReadings.Windows([At(("a", 100, 1), ("b", 50, 0)), At(("a", 160, 3), ("b", 90, 0)), At(("a", 200, 3), ("b", 140, 5))]);

        windows.Count.ShouldBe(2);
        windows[0].Instances["a"].ShouldBe(new InstanceCounts(60, 2, 0));
        windows[1].Instances["b"].ShouldBe(new InstanceCounts(50, 5, 0));
    }

    [Fact]
    public void Neither_window_beside_a_gap_is_used() =>
        InstanceReadings.Windows([At(("a", 100, 0)), null, At(("a", 300, 0)), At(("a", 350, 0))]).ShouldHaveSingleItem().Instances["a"].Requests.ShouldBe(50);

    [Fact]
    public void An_instance_that_began_anew_is_counted_from_zero_and_so_is_one_that_is_new()
    {
        var window = InstanceReadings.Windows([At(("a", 100, 4)), At(("a", 30, 2), ("b", 7, 0))]).ShouldHaveSingleItem();

        window.Instances["a"].ShouldBe(new InstanceCounts(30, 2, 0));
        window.Instances["b"].Requests.ShouldBe(7);
    }

    [Fact]
    public void Slow_is_what_lies_beyond_the_edge_that_one_request_in_a_hundred_exceeds()
    {
        static EndpointCounters Counted(long requests, long beyond100, long beyond220) =>
            new(requests, 0, new LatencyCounts([100, 220, 470], [beyond100, beyond220, 0]));

        var window = InstanceReadings.Windows(
        [
            new Dictionary<string, EndpointCounters> { ["a"] = EndpointCounters.Zero, ["b"] = EndpointCounters.Zero },
            new Dictionary<string, EndpointCounters> { ["a"] = Counted(1_000, 100, 12), ["b"] = Counted(1_000, 90, 5) },
        ]).ShouldHaveSingleItem();

        window.Instances["a"].Slow.ShouldBe(12);
        window.Instances["b"].Slow.ShouldBe(5);
    }

    private static Dictionary<string, EndpointCounters> At(params (string Name, long Requests, long Errors)[] instances) =>
        instances.ToDictionary(i => i.Name, i => new EndpointCounters(i.Requests, i.Errors, LatencyCounts.None), StringComparer.Ordinal);
}
