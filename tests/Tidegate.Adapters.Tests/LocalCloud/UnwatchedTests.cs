using System.Net;
using Tidegate.LocalCloud.Contract;

namespace Tidegate.Adapters.Tests.LocalCloud;

/// <summary>Whoever watched a canary is gone: killed, cut off, or its machine is.</summary>
public sealed class UnwatchedTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static readonly TrafficProfile Users = new(50, 3, [new UserRequest("GET", "/orders/{n}", 1)]);

    [Fact]
    public async Task A_canary_whose_watcher_stops_is_back_at_nothing_by_itself_until_the_next_desired_state_and_no_user_sees_a_failure()
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        var desired = cloud.Desired(cloud.Artifact("a", 2, 7_000), cloud.Artifact("b", 1, 3_000));
        using (await cloud.PutAsync(desired with
        {
            Traffic = Users,
            Unwatched = new(2, new Dictionary<string, int> { [cloud.Digest("a")] = 10_000, [cloud.Digest("b")] = 0 }),
        }))
        {
        }

        var before = await WatchAsync(cloud, r => r.Phase == RegionPhase.Converged);
        var start = TimeProvider.System.GetTimestamp();
        var watched = await WatchAsync(cloud, _ => TimeProvider.System.GetElapsedTime(start) > TimeSpan.FromSeconds(3));
        Weights(watched).ShouldBe([7_000, 3_000]);

        var alone = await cloud.SeesAsync(r => r.Withdrawn);
        await ConfirmAsync(cloud); // too late
        var after = await cloud.SeesAsync(r => r.Users.Sent > alone.Users.Sent + 100);

        (after.Phase, after.Withdrawn, after.Users.Failed).ShouldBe((RegionPhase.Converged, true, 0));
        Weights(after).ShouldBe([10_000, 0]);
        Pids(after).ShouldBe(Pids(before), "no instance is started or stopped");
        (await File.ReadAllTextAsync(cloud.Places.Log, Token))
            .ShouldContain("nobody has confirmed for 2 s that it is watched");

        await cloud.KillAsync();
        await cloud.LaunchAsync();
        (await cloud.SeesAsync(r => r.Phase == RegionPhase.Converged)).Withdrawn.ShouldBeTrue("a restart forgets nothing");

        var next = await cloud.BringAboutAsync(cloud.Desired(cloud.Artifact("a", 2, 7_000), cloud.Artifact("b", 1, 3_000)));
        next.Withdrawn.ShouldBeFalse();
        Weights(next).ShouldBe([7_000, 3_000]);
    }

    [Fact]
    public async Task A_cloud_that_was_killed_counts_from_its_next_start()
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        var desired = cloud.Desired(cloud.Artifact("a", 1, 7_000), cloud.Artifact("b", 1, 3_000));
        using (await cloud.PutAsync(desired with { Unwatched = new(4, OnlyA(cloud)) })) { }
        await WatchAsync(cloud, r => r.Phase == RegionPhase.Converged);
        var start = TimeProvider.System.GetTimestamp();

        await cloud.KillAsync();
        await Eventually.IsSoAsync(() => TimeProvider.System.GetElapsedTime(start) > TimeSpan.FromSeconds(5));
        await cloud.LaunchAsync();
        var after = await WatchAsync(cloud, r => r.Versions.All(v => v.Instances[0].State == InstancePhase.Ready));
        (after.Withdrawn, Weights(after)[1]).ShouldBe((false, 3_000));

        Weights(await cloud.SeesAsync(r => r.Withdrawn)).ShouldBe([10_000, 0]);
    }

    [Fact]
    public async Task What_nobody_watched_while_it_started_never_gets_its_share()
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        await cloud.BringAboutAsync(cloud.Desired(cloud.Artifact("a", 1, 10_000)));

        var desired = cloud.Desired(cloud.Artifact("a", 1, 7_000), cloud.Artifact("b", 1, 3_000));
        var after = await cloud.BringAboutAsync(desired with { Unwatched = new(0.1, OnlyA(cloud)) });

        (await cloud.SeesAsync(r => r.Withdrawn)).Phase.ShouldBe(after.Phase);
        Weights(await cloud.ObserveAsync()).ShouldBe([10_000, 0]);
        (await File.ReadAllTextAsync(cloud.Places.Log, Token)).ShouldNotContain("30 %");
    }

    [Theory]
    [InlineData(1, "c", 10_000, "is none of the versions")]
    [InlineData(1, "a", 9_999, "must be 10000 together")]
    [InlineData(0, "a", 10_000, "afterSeconds must be from 0.1 to 2592000")]
    public async Task A_rule_that_could_not_be_followed_is_refused_with_the_whole_desired_state(
        double seconds, string letter, int weight, string because)
    {
        await using var cloud = await CloudUnderTest.StartAsync();

        var desired = cloud.Desired(cloud.Artifact("a", 1, 10_000));
        var weights = new Dictionary<string, int> { [cloud.Digest(letter)] = weight };
        using var response = await cloud.PutAsync(desired with { Unwatched = new(seconds, weights) });

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync(Token)).ShouldContain(because);
        using var seen = await cloud.Client.GetAsync("environments/production", Token);
        seen.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static Dictionary<string, int> OnlyA(CloudUnderTest cloud) => new() { [cloud.Digest("a")] = 10_000 };

    private static Task<RegionObserved> WatchAsync(CloudUnderTest cloud, Func<RegionObserved, bool> isSo) => Eventually.SeesAsync(
        async () =>
        {
            await ConfirmAsync(cloud);
            return await cloud.ObserveAsync();
        },
        isSo);

    private static async Task ConfirmAsync(CloudUnderTest cloud)
    {
        using var response = await cloud.Client.PostAsync("environments/production/confirm", null, Token);
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    private static IReadOnlyList<int> Weights(RegionObserved region) => [.. region.Versions.Select(v => v.Weight)];

    private static IReadOnlyList<int?> Pids(RegionObserved region) =>
        [.. region.Versions.SelectMany(v => v.Instances).Select(i => i.Pid)];
}
