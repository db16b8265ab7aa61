namespace Tidegate.Domain.Tests.Signals;

public sealed class EndpointCountersTests
{
    [Fact]
    public void What_came_since_is_the_difference() =>
        Since(earlier: Counted(100, 7, slower: 20), now: Counted(150, 9, slower: 25)).ShouldBe((50, 2, 5));

    [Theory]
    [InlineData(40, 8)]
    [InlineData(140, 3)]
    [InlineData(40, 3)]
    public void Either_counter_that_went_down_was_restarted_and_all_of_it_is_new(long requests, long errors) =>
        Since(earlier: Counted(100, 7, slower: 20), now: Counted(requests, errors, slower: 4)).ShouldBe((requests, errors, 4));

    /// <summary>An edge counts a request before its duration, so between the two it seems slower than every limit.</summary>
    [Fact]
    public void A_request_whose_duration_came_later_than_its_count_is_no_restart() =>
        Since(earlier: Counted(100, 7, slower: 20), now: Counted(101, 7, slower: 19)).ShouldBe((1, 0, 0));

    private static EndpointCounters Counted(long requests, long errors, long slower) => new(requests, errors, new LatencyCounts([100], [slower]));

    private static (long, long, long) Since(EndpointCounters earlier, EndpointCounters now)
    {
        var since = now.Since(earlier);
        return (since.Requests, since.Errors, since.SlowerThan(100));
    }
}
