using System.Runtime.Versioning;
using Tidegate.Adapters.Tests.LocalCloud;
using Tidegate.Edge;
using Tidegate.Engine;
using Tidegate.Engine.Simulation;
using Tidegate.Platforms.Local;

namespace Tidegate.Adapters.Tests.Platforms;

[SupportedOSPlatform("linux")]
public sealed class LocalPlatformTests
{
    private static readonly ArtifactDigest A = ArtifactDigest.Parse(CloudUnderTest.Plain("a"));
    private static readonly ArtifactDigest B = ArtifactDigest.Parse(CloudUnderTest.Plain("b"));

    [Fact]
    public async Task Looking_starts_nothing_and_sees_nothing()
    {
        await using var cloud = CloudUnderTest.NotStarted();
        await using var platform = PlatformOf(cloud);

        (await ObserveAsync(platform)).Regions.ShouldBeEmpty();

        cloud.Processes().ShouldBeEmpty();
    }

    [Fact]
    public async Task What_the_engine_desires_is_brought_about_and_observed_in_its_own_words()
    {
        await using var cloud = CloudUnderTest.NotStarted();
        await using var platform = PlatformOf(cloud);

        (await ApplyAsync(platform, 7, new(A, 2, TrafficShare.Percent(90)), new(B, 1, TrafficShare.Percent(10)))).ShouldBeOfType<ApplyResult.Accepted>();
        var region = await ConvergeAsync(platform);

        region.Convergence.ShouldBe(Convergence.Converged);
        region.Generation.ShouldBe(7);
        region.Of(A)!.Ready.ShouldBe(2);
        region.Of(A)!.Share.ShouldBe(TrafficShare.Percent(90));
        region.Of(B)!.Share.ShouldBe(TrafficShare.Percent(10));
        region.Of(B)!.Instances.ShouldAllBe(i => i.Address!.StartsWith("unix:/", StringComparison.Ordinal) && i.ResidentBytes > 0);
        using var user = new HttpClient();
        (await user.GetStringAsync(region.Address + "orders/7", TestContext.Current.CancellationToken)).ShouldBe("order 7");
    }

    [Fact]
    public async Task A_generation_older_than_one_that_was_seen_is_stale()
    {
        await using var cloud = CloudUnderTest.NotStarted();
        await using var platform = PlatformOf(cloud);
        await ApplyAsync(platform, 7, new VersionTarget(A, 1, TrafficShare.All));

        var older = await ApplyAsync(platform, 6, new VersionTarget(A, 2, TrafficShare.All));

        older.ShouldBeOfType<ApplyResult.Stale>().Newest.ShouldBe(7);
    }

    [Fact]
    public async Task A_version_that_cannot_start_is_a_failed_convergence_with_its_reason()
    {
        await using var cloud = CloudUnderTest.NotStarted();
        var b = ArtifactDigest.Parse(cloud.Artifact("b", 1, 0, new { ExitAtStart = 78 }).Digest);
        await using var platform = PlatformOf(cloud);
        await ApplyAsync(platform, 1, new VersionTarget(A, 1, TrafficShare.All));
        await ConvergeAsync(platform);

        await ApplyAsync(platform, 2, new VersionTarget(b, 1, TrafficShare.All));
        var region = await ConvergeAsync(platform);

        region.Convergence.ShouldBe(Convergence.Failed);
        region.Failure.ShouldNotBeNull().ShouldContain("The setting Orders:Currency is missing.");
        region.Of(A)!.Share.ShouldBe(TrafficShare.All);
    }

    [Fact]
    public async Task An_artifact_that_is_not_there_is_refused_and_nothing_is_changed()
    {
        await using var cloud = CloudUnderTest.NotStarted();
        await using var platform = PlatformOf(cloud, artifacts: _ => "/absent");

        (await ApplyAsync(platform, 1, new VersionTarget(A, 1, TrafficShare.All))).ShouldBeOfType<ApplyResult.Refused>().Because.ShouldContain("/absent/service.json");

        (await ObserveAsync(platform)).Regions.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_nobody_confirms_any_more_is_withdrawn_and_says_so()
    {
        await using var cloud = CloudUnderTest.NotStarted();
        await using var platform = PlatformOf(cloud);
        await platform.ConfirmAsync("production", TestContext.Current.CancellationToken); // no cloud is there
        cloud.Processes().ShouldBeEmpty();
        var target = new RegionTarget("eu-west", [new(A, 1, TrafficShare.Percent(70)), new(B, 1, TrafficShare.Percent(30))]);
        var rule = new UnwatchedRule(TimeSpan.FromSeconds(2), new Dictionary<ArtifactDigest, TrafficShare> { [A] = TrafficShare.All });

        await platform.ApplyAsync(new DesiredRegion("production", 1, "test", target, TimeSpan.FromSeconds(60)) { Unwatched = rule }, TestContext.Current.CancellationToken);
        var start = TimeProvider.System.GetTimestamp();
        var watched = await Eventually.SeesAsync(
            async () =>
            {
                await platform.ConfirmAsync("production", TestContext.Current.CancellationToken);
                return (await ObserveAsync(platform))["eu-west"];
            },
            r => r.Convergence == Convergence.Converged && r.Versions.Count == 2 && TimeProvider.System.GetElapsedTime(start) > TimeSpan.FromSeconds(3));
        var alone = await Eventually.SeesAsync(async () => (await ObserveAsync(platform))["eu-west"], r => r.Withdrawn);

        (watched.Withdrawn, watched.Of(B)!.Share).ShouldBe((false, TrafficShare.Percent(30)));
        (alone.Of(A)!.Share, alone.Of(B)!.Share, alone.Of(B)!.Ready).ShouldBe((TrafficShare.All, TrafficShare.None, 1));
    }

    [Fact]
    public async Task What_ends_its_last_requests_is_told_apart_from_what_runs()
    {
        await using var cloud = CloudUnderTest.NotStarted();
        await using var platform = PlatformOf(cloud);
        await ApplyAsync(platform, 1, new VersionTarget(A, 1, TrafficShare.All));
        var before = await ConvergeAsync(platform);
        using var user = new HttpClient();
        var open = user.GetStringAsync(before.Address + "sleep/3000", TestContext.Current.CancellationToken);
        await cloud.SeesAsync(r => r.InFlight == 1);

        await ApplyAsync(platform, 2, new VersionTarget(B, 1, TrafficShare.All));
        var region = await Eventually.SeesAsync(async () => (await ObserveAsync(platform))["eu-west"], r => r.Generation == 2 && r.Convergence != Convergence.Converging);

        open.IsCompleted.ShouldBeFalse();
        region.ServesOnly(B, 1).ShouldBeTrue();
        region.Versions.ShouldHaveSingleItem().Digest.ShouldBe(B);
        var leaving = region.Leaving.ShouldHaveSingleItem();
        (leaving.Digest, leaving.Instances.ShouldHaveSingleItem().State).ShouldBe((A, InstanceState.Draining));
        (await open).ShouldBe("slept");
    }

    [Fact]
    public async Task A_removed_environment_is_seen_as_empty()
    {
        await using var cloud = CloudUnderTest.NotStarted();
        await using var platform = PlatformOf(cloud);
        await ApplyAsync(platform, 1, new VersionTarget(A, 1, TrafficShare.All));
        await ConvergeAsync(platform);

        (await platform.RemoveAsync("production", 2, TestContext.Current.CancellationToken)).ShouldBeOfType<ApplyResult.Accepted>();

        await Eventually.SeesAsync(() => ObserveAsync(platform), e => e.Regions.Count == 0);
        cloud.Processes().Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_edges_counts_are_read_by_version_and_endpoint_with_how_many_were_slower()
    {
        await using var cloud = CloudUnderTest.NotStarted();
        var a = ArtifactDigest.Parse(cloud.Artifact("a", 1, 0, new { LatencyMilliseconds = 30 }).Digest);
        await using var platform = PlatformOf(cloud);
        await ApplyAsync(platform, 1, new VersionTarget(a, 1, TrafficShare.All));
        var region = await ConvergeAsync(platform);
        using var user = new HttpClient();
        for (var i = 0; i < 20; i++) await user.GetStringAsync(region.Address + "orders/7", TestContext.Current.CancellationToken);

        // The edge counts an answer when it is through, which its user may see a moment earlier.
        var traffic = await Eventually.SeesAsync(async () => (await platform.ReadAsync("production", TestContext.Current.CancellationToken)).ShouldBeOfType<TrafficReading.Counted>(), t => Requests(t) >= 20);

        var counters = traffic.Versions.Single(v => v.Digest == a).Endpoints["GET /orders/{id}"];
        (counters.Requests, counters.Errors).ShouldBe((20, 0));
        counters.SlowerThan(15).ShouldBe(20);
        counters.SlowerThan(10_000).ShouldBe(0);
    }

    [Fact]
    public async Task A_calibration_measures_the_instances_that_run_window_by_window()
    {
        await using var cloud = CloudUnderTest.NotStarted();
        var a = ArtifactDigest.Parse(cloud.Artifact("a", 1, 0, new { ErrorRate = 0.2 }).Digest);
        await using var platform = PlatformOf(cloud);
        await ApplyAsync(platform, 1, new VersionTarget(a, 2, TrafficShare.All));
        var region = await ConvergeAsync(platform);
        using var user = new HttpClient { BaseAddress = new Uri(region.Address!) };
        var asking = new AskingUser(platform, user, requests: 30);

        var readings = await new InstanceMeasurement(asking, new VirtualTime(DateTimeOffset.UnixEpoch)).MeasureAsync(
            "production", a, TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(5), _ => { }, TestContext.Current.CancellationToken);
        var windows = InstanceReadings.Windows(readings);
        var measured = ServiceCalibration.From(windows, SequentialOptions.Default);

        windows.Count.ShouldBe(10);
        windows.ShouldAllBe(w => w.Instances.Values.Sum(i => i.Requests) == 30);
        measured.Instances.ShouldBe(2);
        measured.Total.Requests.ShouldBe(300);
        measured.Total.Failures.ShouldBe(asking.FailedAfterTheFirstReading);
        measured.Total.Failures.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task The_page_of_an_edge_with_60_instances_and_20_endpoints_is_read_whole()
    {
        await using var cloud = CloudUnderTest.NotStarted();
        await using var edge = await EdgeServer.StartAsync(new EdgeOptions("key", Seed: 1, TimeProvider.System), TestContext.Current.CancellationToken);
        string[] endpoints = [.. Enumerable.Range(1, 20).Select(i => $"GET /orders/{{id}}/lines/{i}")];
        foreach (var earlier in "cdef0123") edge.Route(new EdgeRouting([Routed(CloudUnderTest.NoContent(earlier.ToString()), 30)], endpoints));
        edge.Route(new EdgeRouting([Routed(A.ToString(), 30), Routed(B.ToString(), 30)], endpoints));
        await using var control = await EdgeControl.StartAsync(cloud, edge);
        await using var platform = PlatformOf(cloud);

        var traffic = (await platform.ReadAsync("production", TestContext.Current.CancellationToken)).ShouldBeOfType<TrafficReading.Counted>();

        traffic.Versions.Count.ShouldBe(10);
        traffic.Versions.ShouldAllBe(v => v.Endpoints.Count == 21);
        foreach (var digest in new[] { A, B })
        {
            var instances = traffic.Versions.Single(v => v.Digest == digest).Instances;
            instances.Count.ShouldBe(30);
            instances.Values.ShouldAllBe(i => i.Endpoints.Count == 21 && i.Total.Slower.Edges.Count == LatencyBuckets.Milliseconds.Length);
        }

        static EdgeVersion Routed(string digest, int instances) =>
            new(digest, 1, [.. Enumerable.Range(1, instances).Select(i => new EdgeInstance($"{digest[7..15]}-{i}", "http://127.0.0.1:9"))]);
    }

    /// <summary>Somebody who asks the service between two readings of its edges.</summary>
    private sealed class AskingUser(LocalPlatform platform, HttpClient user, int requests) : ITrafficSource
    {
        private int _readings;

        public long FailedAfterTheFirstReading { get; private set; }

        public Task<TrafficHistory> HistoryAsync(string environment, TimeSpan span, CancellationToken cancellationToken) => platform.HistoryAsync(environment, span, cancellationToken);

        public async Task<TrafficReading> ReadAsync(string environment, CancellationToken cancellationToken)
        {
            for (var i = 0; i < requests; i++)
            {
                using var answer = await user.GetAsync("orders/7", cancellationToken);
                if (_readings > 0 && !answer.IsSuccessStatusCode) FailedAfterTheFirstReading++;
            }

            _readings++;
            return await Eventually.SeesAsync(
                () => platform.ReadAsync(environment, cancellationToken),
                r => Requests(r.ShouldBeOfType<TrafficReading.Counted>()) >= _readings * requests);
        }
    }

    private static long Requests(TrafficReading.Counted reading) => reading.Versions.Sum(v => v.Endpoints.Values.Sum(e => e.Requests));

    [Fact]
    public async Task A_cloud_that_cannot_be_started_is_an_unknown_effect_with_the_reason()
    {
        await using var cloud = CloudUnderTest.NotStarted();
        cloud.Places.Ensure();
        File.SetUnixFileMode(cloud.Places.Run, File.GetUnixFileMode(cloud.Places.Run) | UnixFileMode.OtherExecute);
        await using var platform = PlatformOf(cloud);

        var applied = await ApplyAsync(platform, 1, new VersionTarget(A, 1, TrafficShare.All));

        applied.ShouldBeOfType<ApplyResult.Unknown>().Because.ShouldContain("is open to others");
        (await platform.ObserveAsync("production", TestContext.Current.CancellationToken)).ShouldBeOfType<ObserveResult.Unreachable>();
        cloud.Processes().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_build_that_lacks_the_clouds_program_says_what_to_do()
    {
        await using var cloud = CloudUnderTest.NotStarted();
        await using var platform = PlatformOf(cloud, binaries: "/absent");

        var applied = await ApplyAsync(platform, 1, new VersionTarget(A, 1, TrafficShare.All));

        applied.ShouldBeOfType<ApplyResult.Unknown>().Because.ShouldBe("The local cloud's program is not in /absent. Build the whole solution: ./build.sh does.");
    }

    [Fact]
    public async Task Ending_it_leaves_nothing_running_or_stored_even_when_the_cloud_itself_was_killed()
    {
        await using var cloud = CloudUnderTest.NotStarted();
        await using var platform = PlatformOf(cloud);
        await ApplyAsync(platform, 1, new VersionTarget(A, 2, TrafficShare.All));
        await ConvergeAsync(platform);
        var process = ProcessOf(cloud);

        (await process.EndAsync(forget: false, TestContext.Current.CancellationToken)).ShouldStartWith("Stopped the local cloud");
        cloud.Processes().ShouldBeEmpty();

        await process.EnsureAsync(TestContext.Current.CancellationToken);
        (await ConvergeAsync(platform)).Of(A)!.Ready.ShouldBe(2);
        await KillCloudAsync(cloud);

        (await process.EndAsync(forget: true, TestContext.Current.CancellationToken))
            .ShouldBe("No local cloud runs for this clone. Ended 2 processes that were left over.");
        cloud.Processes().ShouldBeEmpty();
        Directory.Exists(Path.Combine(cloud.Places.State, "data")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_cloud_that_was_lost_is_no_empty_environment_until_it_is_revived_with_what_it_ran()
    {
        await using var cloud = CloudUnderTest.NotStarted();
        await using var platform = PlatformOf(cloud);
        await ApplyAsync(platform, 1, new VersionTarget(A, 2, TrafficShare.All));
        await ConvergeAsync(platform);

        await LoseMachineAsync(cloud);

        var seen = await platform.ObserveAsync("production", TestContext.Current.CancellationToken);
        var traffic = await platform.ReadAsync("production", TestContext.Current.CancellationToken);
        seen.ShouldBeOfType<ObserveResult.Unreachable>().Because.ShouldStartWith("the local cloud does not run, though it is to run production: the next release");
        traffic.ShouldBeOfType<TrafficReading.SourceFailed>().Because.ShouldStartWith("the local cloud does not run");
        cloud.Processes().ShouldBeEmpty();
        (await platform.ObserveAsync("beta", TestContext.Current.CancellationToken)).ShouldBeOfType<ObserveResult.Observed>().Environment.Regions.ShouldBeEmpty();

        (await platform.ReviveAsync("production", TestContext.Current.CancellationToken)).ShouldBeNull();

        // It stands at once: a release that looks now compares with it.
        var region = (await ObserveAsync(platform))["eu-west"];
        (region.Convergence, region.Of(A)!.Ready, region.Of(A)!.Share).ShouldBe((Convergence.Converged, 2, TrafficShare.All));
    }

    [Fact]
    public async Task Nothing_is_revived_where_nothing_was_desired_or_all_was_removed()
    {
        await using var cloud = CloudUnderTest.NotStarted();
        await using var platform = PlatformOf(cloud);

        (await platform.ReviveAsync("production", TestContext.Current.CancellationToken)).ShouldBeNull();
        cloud.Processes().ShouldBeEmpty();

        await ApplyAsync(platform, 1, new VersionTarget(A, 1, TrafficShare.All));
        await ConvergeAsync(platform);
        await platform.RemoveAsync("production", 2, TestContext.Current.CancellationToken);
        await Eventually.SeesAsync(() => ObserveAsync(platform), e => e.Regions.Count == 0);
        await LoseMachineAsync(cloud);

        (await ObserveAsync(platform)).Regions.ShouldBeEmpty();
        (await platform.ReviveAsync("production", TestContext.Current.CancellationToken)).ShouldBeNull();
        cloud.Processes().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_lost_cloud_that_cannot_be_started_again_says_why()
    {
        await using var cloud = CloudUnderTest.NotStarted();
        await using var platform = PlatformOf(cloud);
        await ApplyAsync(platform, 1, new VersionTarget(A, 1, TrafficShare.All));
        await LoseMachineAsync(cloud);
        await using var lacking = PlatformOf(cloud, binaries: "/absent");

        (await lacking.ReviveAsync("production", TestContext.Current.CancellationToken)).ShouldNotBeNull().ShouldStartWith("The local cloud's program is not in /absent.");
    }

    [Fact]
    public async Task What_runs_is_ended_also_when_the_clone_was_cleaned_of_its_state()
    {
        await using var cloud = CloudUnderTest.NotStarted();
        await using var platform = PlatformOf(cloud);
        await ApplyAsync(platform, 1, new VersionTarget(A, 1, TrafficShare.All));
        await ConvergeAsync(platform);
        Directory.Delete(cloud.Places.State, recursive: true);

        (await ProcessOf(cloud).EndAsync(forget: true, TestContext.Current.CancellationToken)).ShouldStartWith("Stopped the local cloud");

        cloud.Processes().ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_killed_cloud_left_running_is_ended_also_when_the_clone_was_cleaned_of_its_state()
    {
        await using var cloud = CloudUnderTest.NotStarted();
        await using var platform = PlatformOf(cloud);
        await ApplyAsync(platform, 1, new VersionTarget(A, 2, TrafficShare.All));
        await ConvergeAsync(platform);
        await KillCloudAsync(cloud);
        Directory.Delete(cloud.Places.State, recursive: true);

        (await ProcessOf(cloud).EndAsync(forget: true, TestContext.Current.CancellationToken)).ShouldEndWith("Ended 2 processes that were left over.");

        cloud.Processes().ShouldBeEmpty();
    }

    [Fact]
    public async Task Ending_what_never_ran_makes_nothing()
    {
        await using var cloud = CloudUnderTest.NotStarted();

        (await ProcessOf(cloud).EndAsync(forget: true, TestContext.Current.CancellationToken)).ShouldStartWith("Nothing to stop");

        Directory.Exists(cloud.Places.State).ShouldBeFalse();
    }

    private static async Task KillCloudAsync(CloudUnderTest cloud)
    {
        using var client = new LocalCloudClient(cloud.Places);
        await KillAsync((await client.InfoAsync(TestContext.Current.CancellationToken))!.Pid);
    }

    /// <summary>As a restart of the machine does: nothing is told, and nothing runs any more.</summary>
    private static async Task LoseMachineAsync(CloudUnderTest cloud)
    {
        await KillCloudAsync(cloud); // first, else it would start the others again
        foreach (var left in cloud.Processes()) await KillAsync(left);
    }

    private static async Task KillAsync(int pid)
    {
        using var process = System.Diagnostics.Process.GetProcessById(pid);
        process.Kill();
        await Eventually.IsSoAsync(() => !CloudUnderTest.IsAlive(pid));
    }

    internal static LocalPlatform PlatformOf(CloudUnderTest cloud, string? binaries = null, Func<ArtifactDigest, string>? artifacts = null)
    {
        var client = new LocalCloudClient(cloud.Places);
        var workload = new LocalWorkload(["GET /orders/{id}"], [], new Dictionary<(string, string), double>(), Seed: 1);
        return new LocalPlatform(
            client,
            ProcessOf(cloud, client, binaries),
            workload,
            artifacts ?? (digest => cloud.Artifact(digest.Hex[..1], 1, 0).ArtifactPath),
            TimeProvider.System);
    }

    private static LocalCloudProcess ProcessOf(CloudUnderTest cloud, LocalCloudClient? client = null, string? binaries = null) =>
        new(cloud.Places, client ?? new LocalCloudClient(cloud.Places), new CarriedCloud(cloud.Places, binaries ?? Built.FolderOf("Tidegate.LocalCloud")), TimeProvider.System);

    private static Task<ApplyResult> ApplyAsync(LocalPlatform platform, long generation, params VersionTarget[] versions) => platform.ApplyAsync(
        new DesiredRegion("production", generation, "test", new RegionTarget("eu-west", versions), TimeSpan.FromSeconds(60)),
        TestContext.Current.CancellationToken);

    private static async Task<EnvironmentObservation> ObserveAsync(LocalPlatform platform) =>
        (await platform.ObserveAsync("production", TestContext.Current.CancellationToken)).ShouldBeOfType<ObserveResult.Observed>().Environment;

    private static async Task<RegionObservation> ConvergeAsync(LocalPlatform platform) =>
        (await Eventually.SeesAsync(() => ObserveAsync(platform), e => e["eu-west"].Convergence != Convergence.Converging && e.Regions.Count > 0))["eu-west"];
}
