using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Adapters.Tests.Edge;
using Tidegate.LocalCloud.Contract;
using Tidegate.LocalCloud.Users;

namespace Tidegate.Adapters.Tests.LocalCloud;

public sealed class SyntheticUsersTests
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(20);

    /// <summary>On a clock that the test moves, so the load is a number and no measurement: whoever could not be served at once has come all the same, and is counted.</summary>
    [Fact]
    public async Task As_many_users_come_in_a_second_as_the_profile_says_and_every_one_that_was_sent_is_answered()
    {
        using var folder = new TestFolder();
        await using var instance = await AnsweringInstance.StartAsync(folder, "a");
        await using var edge = await EdgeUnderTest.StartAsync();
        edge.Route(EdgeUnderTest.Version(EdgeUnderTest.A, 10_000, instance.Instance));
        var time = new FakeTimeProvider();
        var users = new SyntheticUsers(edge.Server, time);
        users.Follow(new TrafficProfile(500, Seed: 7, [new UserRequest("GET", "/orders/{n}", 1)]));

        // Their loop looks at the clock for the first time when it begins, which is some beats before the first of them is seen.
        var beats = 0;
        await Eventually.IsSoAsync(() =>
        {
            time.Advance(Beat);
            beats++;
            return Offered(users) > 0;
        });
        var first = Offered(users);

        for (var beat = 1; beat <= 50; beat++)
        {
            time.Advance(Beat);
            var due = first + (10 * beat) - 1; // fractions of a user are rounded down
            await Eventually.IsSoAsync(() => Offered(users) >= due);
        }

        Offered(users).ShouldBeInRange(first + 499, (beats * 10) + 500);
        await Eventually.IsSoAsync(() => instance.Seen.Count == users.Observe().Sent);
        await Eventually.SeesAsync(edge.MetricsAsync, text => Answered(text) == users.Observe().Sent);
        users.Observe().Failed.ShouldBe(0);

        // Those who are still waiting for the end of their answer are waited for on this clock.
        var ending = users.DisposeAsync().AsTask();
        await Eventually.IsSoAsync(() =>
        {
            time.Advance(Beat);
            return ending.IsCompleted;
        });
    }

    private static long Offered(SyntheticUsers users)
    {
        var seen = users.Observe();
        return seen.Sent + seen.Skipped;
    }

    private static long Answered(string metrics) => metrics.Split('\n')
        .Where(l => l.StartsWith("tidegate_edge_requests_total{", StringComparison.Ordinal))
        .Sum(l => (long)double.Parse(l[(l.LastIndexOf('}') + 2)..].Split(' ')[0], CultureInfo.InvariantCulture));
}
