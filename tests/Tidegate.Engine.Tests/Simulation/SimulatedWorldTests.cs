using Tidegate.Engine.Simulation;
using Tidegate.Testing;

namespace Tidegate.Engine.Tests.Simulation;

/// <summary>What the simulation promises to whoever is judged by it.</summary>
public sealed class SimulatedWorldTests
{
    private const string Environment = "production";
    private static readonly string[] Endpoints = ["GET /products", "POST /orders"];
    private static readonly DeploymentEnvironment Production =
        new(Environment, [new("north", 3, 60), new("south", 6, 300)], Ephemeral: false);

    private readonly VirtualTime _time = new(Some.Noon);
    private int _generation;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static SimulatedWorld Lively { get; } = new() { Failure = 0.01, CallsFail = 0.001 };

    [Fact]
    public async Task Every_request_is_counted_once_by_version_and_once_by_instance()
    {
        var platform = Running(Lively);
        await ShareAsync(platform, 40);

        foreach (var version in await PassAsync(platform, minutes: 10))
        {
            var all = EndpointCounters.Sum(version.Endpoints.Values);
            var each = EndpointCounters.Sum(version.Instances.Values.Select(i => i.Total));
            all.Requests.ShouldBeGreaterThan(0);
            (each.Requests, each.Errors, each.Answers).ShouldBe((all.Requests, all.Errors, all.Answers));
            each.Slower.Beyond.ShouldBe(all.Slower.Beyond);
            version.Instances.Values.Sum(i => i.Endpoints.Values.Sum(e => e.Exposures)).ShouldBe(all.Requests);
        }
    }

    [Fact]
    public async Task Half_of_the_requests_take_longer_than_the_median_and_a_hundredth_longer_than_the_99th_percentile()
    {
        var platform = Running(Lively);

        var all = Sum(await PassAsync(platform, minutes: 20), Rig.Old);

        Share(all, 50).ShouldBe(0.49, 0.02); // the first edge that is not below it
        Share(all, 201.9).ShouldBe(0.0099, 0.001);
        Share(all, 500).ShouldBeLessThan(0.0002);
    }

    [Theory]
    [InlineData(0.2, 0, 0.0214, 0.49)]
    [InlineData(0, 0.1, 0.015, 0.55)]
    public async Task A_slow_candidate_is_slow_as_told_and_costs_what_lies_beyond_the_usual_99th_percentile(
        double tail, double median, double beyond99, double beyond50)
    {
        var platform = Running(Lively with { Fault = new() { Latency = tail, Median = median } });
        await ShareAsync(platform, 50);

        var versions = await PassAsync(platform, minutes: 20);
        var candidate = Sum(versions, Rig.New);

        Share(candidate, 201.9).ShouldBe(beyond99, 0.0012);
        Share(candidate, 50).ShouldBe(beyond50, 0.02);
        Share(Sum(versions, Rig.Old), 201.9).ShouldBe(0.0099, 0.001);
        (platform.BadRequests / candidate.Requests).ShouldBe(beyond99 - 0.01, 0.0012);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 5)]
    public async Task Failures_come_in_clusters_of_the_size_that_was_told(double cluster, double dispersion)
    {
        var platform = Running(Lively with { Cluster = cluster });

        var history = await platform.HistoryAsync(Environment, TimeSpan.FromHours(1), Token);

        history.Instances.Count.ShouldBe(9);
        List<double> south = [..
            from instance in history.Instances
            where instance.Region == "south"
            from window in instance.Windows
            select (double)window.Errors];
        south.Count.ShouldBe(6 * 720);
        var mean = south.Average();
        mean.ShouldBe(250 * 0.01, 0.25);
        (south.Average(e => (e - mean) * (e - mean)) / mean).ShouldBe(dispersion, 0.2 * dispersion);
    }

    [Fact]
    public async Task Whoever_releases_meets_the_same_incidents()
    {
        var incidents = new SimulatedIncidents(
            TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(2), 0.2, 0.3, IncidentPlace.Everywhere);
        var world = Lively with { Incidents = incidents };
        var (first, second) = (Running(world), Running(world));
        await ShareAsync(second, 50);
        _time.Advance(TimeSpan.FromSeconds(3)); // the weather changes every 5 s
        var (here, there) = (new List<bool>(), new List<bool>());

        var (before, beside) = (Sum(await ReadAsync(first), Rig.Old), Sum(await ReadAsync(second), Rig.Old));
        for (var i = 0; i < 720; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(5));
            var (now, other) = (Sum(await ReadAsync(first), Rig.Old), Sum(await ReadAsync(second), Rig.Old));
            here.Add(Unwell(now.Since(before)));
            there.Add(Unwell(other.Since(beside)));
            (before, beside) = (now, other);
        }

        here.ShouldContain(true);
        here.ShouldContain(false);
        there.ShouldBe(here);

        static bool Unwell(EndpointCounters window) => window.Errors > 0.1 * window.Requests;
    }

    [Fact]
    public async Task Only_the_fault_s_failures_are_the_candidate_s_and_only_while_it_lasts()
    {
        var fault = new SimulatedFault { Errors = 0.05, From = TimeSpan.FromMinutes(10), Region = "south" };
        var platform = Running(Lively with { Fault = fault });
        await ShareAsync(platform, 50);

        await PassAsync(platform, minutes: 9);
        platform.BadRequests.ShouldBe(0);

        await PassAsync(platform, minutes: 11);
        platform.BadRequests.ShouldBe(0.05 * 0.99 * 150 * 600, 600);
    }

    [Fact]
    public async Task A_candidate_that_answers_404_fails_no_request_and_is_told_by_kind()
    {
        var fault = new SimulatedFault { NotFound = 0.2, Endpoint = "POST /orders" };
        var platform = Running(SimulatedWorld.Quiet with { Fault = fault });
        await ShareAsync(platform, 50);

        var versions = await PassAsync(platform, minutes: 5);

        var candidate = versions.First(v => v.Digest == Rig.New.Digest && v.Region == "south");
        var orders = candidate.Endpoints["POST /orders"];
        orders.Errors.ShouldBe(0);
        (orders.Answers.NotFound / (double)orders.Requests).ShouldBe(0.2, 0.02);
        candidate.Endpoints["GET /products"].Answers.NotFound.ShouldBe(0);
        Sum(versions, Rig.Old).Answers.NotFound.ShouldBe(0);
    }

    [Fact]
    public async Task What_the_candidate_breaks_off_counts_against_it_and_what_only_reads_is_answered_elsewhere()
    {
        var platform = Running(SimulatedWorld.Quiet with { Fault = new() { LostFirstTries = 0.3 } });
        await ShareAsync(platform, 50);

        var versions = await PassAsync(platform, minutes: 10);

        var (candidate, running) = (Sum(versions, Rig.New), Sum(versions, Rig.Old));
        (candidate.Errors / (double)candidate.Requests).ShouldBe(0.3, 0.01);
        candidate.Answers.NoAnswer.ShouldBe(candidate.Errors);
        running.Errors.ShouldBe(0);
        running.Requests.ShouldBeGreaterThan((long)(1.1 * candidate.Requests)); // half of three tenths came over
    }

    [Fact]
    public async Task An_instance_that_dies_loses_a_second_of_requests_and_is_away_for_twenty()
    {
        var platform = Running(SimulatedWorld.Quiet with { Restarts = 6 });
        var away = 0;
        for (var i = 0; i < 720; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(5));
            var seen = (await SeeAsync(platform))["south"].Versions[0].Instances;
            away += seen.Count(i => i.State == InstanceState.Starting);
        }

        var restarts = (double)(await SeeAsync(platform))["south"].Versions[0].Restarts;
        restarts.ShouldBe(6 * 6, 12);
        (away / restarts).ShouldBe(4, 0.2);
        var instances = (await ReadAsync(platform)).Single(v => v.Region == "south").Instances.Values;
        var lost = instances.Sum(i => i.Total.Answers.NoAnswer);
        (lost / restarts).ShouldBe(50, 5);
    }

    [Fact]
    public async Task Walks_fail_as_users_requests_do_and_a_fault_of_journeys_fails_all_of_the_candidate_s()
    {
        var platform = Running(Lively with { Fault = new() { JourneyOnly = true } });
        await ShareAsync(platform, 50);
        var plan = PlanBuilder.Build(Some.Pipeline(), Stage.Canary, Rig.New, "orders-1", new(Environment, []));
        ProbeRequest[] asked =
        [
            new("south", Rig.Old.Digest, ProbeKind.Journeys, 2000),
            new("south", Rig.New.Digest, ProbeKind.Journeys, 10),
            new("south", Rig.New.Digest, ProbeKind.Readiness, 2),
        ];

        var counts = await platform.ProbeAsync(plan, await SeeAsync(platform), asked, Token);

        counts.Select(c => c.Asked).ShouldBe([2000, 10, 12]);
        ((double)counts[0].Failed).ShouldBe(60, 30);
        counts.Skip(1).Select(c => c.Failed).ShouldBe([10, 0]);
    }

    [Fact]
    public async Task A_region_that_nobody_confirms_to_watch_goes_back_to_the_shares_that_were_told_and_says_so()
    {
        var platform = Running(SimulatedWorld.Quiet);
        var shares = new Dictionary<ArtifactDigest, TrafficShare> { [Rig.Old.Digest] = TrafficShare.All };
        var back = new UnwatchedRule(TimeSpan.FromMinutes(1), shares);
        await ShareAsync(platform, 50, back);

        _time.Advance(TimeSpan.FromSeconds(50));
        await platform.ConfirmAsync(Environment, Token);
        _time.Advance(TimeSpan.FromSeconds(50));
        (await SeeAsync(platform))["south"].Withdrawn.ShouldBeFalse();

        _time.Advance(TimeSpan.FromSeconds(20));
        var south = (await SeeAsync(platform))["south"];
        south.Withdrawn.ShouldBeTrue();
        south.Of(Rig.Old.Digest)!.Share.ShouldBe(TrafficShare.All);
        south.Of(Rig.New.Digest)!.Ready.ShouldBe(6);
    }

    [Fact]
    public async Task Another_share_while_instances_start_does_not_make_them_start_anew()
    {
        var platform = Running(SimulatedWorld.Quiet);
        await ApplyAsync(platform, "south", 6, 10, null);
        _time.Advance(TimeSpan.FromMilliseconds(1500));

        await ApplyAsync(platform, "south", 6, 20, null);
        _time.Advance(TimeSpan.FromMilliseconds(500));

        (await SeeAsync(platform))["south"].Of(Rig.New.Digest)!.Share.ShouldBe(TrafficShare.Percent(20));
    }

    private SimulatedPlatform Running(SimulatedWorld world)
    {
        var platform = new SimulatedPlatform([Production], Endpoints, _time, seed: 1, world)
        {
            Candidate = Rig.New.Digest,
        };
        platform.Seed(Environment, Rig.Old.Digest);
        return platform;
    }

    private async Task ShareAsync(SimulatedPlatform platform, double percent, UnwatchedRule? unwatched = null)
    {
        foreach (var region in Production.Regions)
        {
            await ApplyAsync(platform, region.Name, region.Instances, percent, unwatched);
        }

        _time.Advance(platform.StartTime);
    }

    private async Task ApplyAsync(
        SimulatedPlatform platform, string region, int instances, double percent, UnwatchedRule? unwatched)
    {
        var share = TrafficShare.Percent(percent);
        VersionTarget[] versions = [new(Rig.Old.Digest, instances, share.Rest), new(Rig.New.Digest, instances, share)];
        var target = new RegionTarget(region, versions);
        var desired = new DesiredRegion(Environment, ++_generation, "test", target, TimeSpan.FromMinutes(1))
        {
            Unwatched = unwatched,
        };
        (await platform.ApplyAsync(desired, Token)).ShouldBeOfType<ApplyResult.Accepted>();
    }

    private async Task<IReadOnlyList<VersionTraffic>> PassAsync(SimulatedPlatform platform, double minutes)
    {
        _time.Advance(TimeSpan.FromMinutes(minutes));
        return await ReadAsync(platform);
    }

    private static async Task<IReadOnlyList<VersionTraffic>> ReadAsync(SimulatedPlatform platform) =>
        ((TrafficReading.Counted)await platform.ReadAsync(Environment, Token)).Versions;

    private static async Task<EnvironmentObservation> SeeAsync(SimulatedPlatform platform) =>
        ((ObserveResult.Observed)await platform.ObserveAsync(Environment, Token)).Environment;

    private static EndpointCounters Sum(IEnumerable<VersionTraffic> versions, ReleaseArtifact of) =>
        EndpointCounters.Sum(versions.Where(v => v.Digest == of.Digest).SelectMany(v => v.Endpoints.Values));

    private static double Share(EndpointCounters counters, double milliseconds) =>
        counters.SlowerThan(milliseconds) / (double)counters.Requests;
}
