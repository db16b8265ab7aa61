using Tidegate.LocalCloud.Contract;

namespace Tidegate.Adapters.Tests.LocalCloud;

/// <summary>A whole release under load. It has the machine to itself.</summary>
[Collection(nameof(BusyReleaseTests))]
[CollectionDefinition(nameof(BusyReleaseTests), DisableParallelization = true)]
public sealed class BusyReleaseTests
{
    /// <summary>One second of the wanted load; a slower machine takes longer for it.</summary>
    private const int FewestInAStep = 500;

    private static readonly TrafficProfile Busy = new(
        RequestsPerSecond: 500,
        Seed: 7,
        [new UserRequest("GET", "/orders/{n}", 8), new UserRequest("POST", "/orders", 2, """{"item":1}""")]);

    /// <remarks>That 500 a second are offered is shown on a clock of its own (<see cref="SyntheticUsersTests"/>), and here that so many were answered in the whole
    /// release. In how many seconds depends on the machine, so it is told and not asserted:
    /// <c>dotnet run --project tests/Tidegate.Adapters.Tests -- -class Tidegate.Adapters.Tests.LocalCloud.BusyReleaseTests -showLiveOutput</c>.</remarks>
    [Fact]
    public async Task No_user_sees_a_failure_while_every_instance_is_replaced_under_500_requests_a_second()
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        var first = await StepAsync(cloud, cloud.Artifact("a", 3, 10_000));
        var began = TimeProvider.System.GetTimestamp();
        await ReplaceAsync(cloud, from: "a", to: "b");
        var last = await ReplaceAsync(cloud, from: "b", to: "c");
        var took = TimeProvider.System.GetElapsedTime(began);

        var (sent, skipped) = (last.Users.Sent - first.Users.Sent, last.Users.Skipped - first.Users.Skipped);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{sent} requests in {took.TotalSeconds:0.0} s, {sent / took.TotalSeconds:0} a second of {Busy.RequestsPerSecond:0}; {last.Users.Failed} failed; {skipped} users stayed away since too many waited");
        sent.ShouldBeGreaterThanOrEqualTo(8 * FewestInAStep);
        last.Users.Failed.ShouldBe(0);
        last.Versions.ShouldHaveSingleItem().Digest.ShouldBe(cloud.Digest("c"));
    }

    /// <summary>One of three, two of three, all.</summary>
    private static async Task<RegionObserved> ReplaceAsync(CloudUnderTest cloud, string from, string to)
    {
        await StepAsync(cloud, cloud.Artifact(from, 3, 9_000), cloud.Artifact(to, 1, 1_000));
        await StepAsync(cloud, cloud.Artifact(from, 2, 6_667), cloud.Artifact(to, 1, 3_333));
        await StepAsync(cloud, cloud.Artifact(from, 1, 3_333), cloud.Artifact(to, 2, 6_667));
        return await StepAsync(cloud, cloud.Artifact(to, 3, 10_000));
    }

    /// <summary>Brings this about, under load all the time, and lets users meet what stands then.</summary>
    private static async Task<RegionObserved> StepAsync(CloudUnderTest cloud, params VersionDesired[] versions)
    {
        var now = await cloud.BringAboutAsync(cloud.Desired(versions) with { Traffic = Busy });
        now.Phase.ShouldBe(RegionPhase.Converged);
        return await cloud.SeesAsync(r => r.Users.Sent >= now.Users.Sent + FewestInAStep);
    }
}
