using Tidegate.Testing;

namespace Tidegate.Engine.Tests.Rollouts;

/// <summary>From two looks to the window between them: what began anew, who died, who began to say no.</summary>
public sealed class RolloutWindowsTests
{
    private static readonly ReleasePlan Plan = PlanBuilder.Build(
        Some.Pipeline(s => s with { Comparison = Some.Comparison }),
        Stage.Canary,
        Rig.New,
        "orders-1",
        new("production", [.. Some.Production.Regions.Select(r => Region(r.Name, [Version(Rig.Old.Digest, 100, Up("o"))]))]));

    private static readonly RolloutReference Reference = RolloutReferences.Of(
        Plan.Rollout!, TrafficHistory.None, new([]), new("production", []), Rig.New.Digest, Some.Noon);

    [Fact]
    public void What_was_counted_between_two_looks_is_told_by_instance()
    {
        var window = First(Look(100, 1, 10, 0), Look(190, 3, 40, 2));

        window.Missing.ShouldBeNull();
        window.Running.ShouldBe([new InstanceCell("o", 0, 90, 2)]);
        window.Candidate.ShouldBe([new InstanceCell("n", 0, 30, 2)]);
        window.Share.ShouldBe(TrafficShare.Percent(30));
    }

    [Fact]
    public void A_source_that_tells_of_no_instances_has_one_for_all_of_them()
    {
        var window = First(Look(100, 1, 10, 0, instances: false), Look(190, 3, 40, 2, instances: false));

        window.Running.ShouldBe([new InstanceCell($"all of {Rig.Old.Digest.Brief}", 0, 90, 2)]);
        window.Candidate.ShouldBe([new InstanceCell($"all of {Rig.New.Digest.Brief}", 0, 30, 2)]);
        window.Endpoints!.Select(e => e.Sum()).Max().ShouldBe(90 + 30 + 2 + 2);
    }

    [Fact]
    public void An_edge_that_was_started_anew_makes_no_evidence_even_where_its_counts_have_grown()
    {
        var later = Look(190, 3, 40, 2, since: Some.Noon.AddMinutes(1));

        First(Look(100, 1, 10, 0, since: Some.Noon), later).Missing.ShouldBe("the edge of eu-north was started anew");
        First(later, Look(200, 3, 50, 2, since: Some.Noon.AddMinutes(1))).Missing.ShouldBeNull();
    }

    [Fact]
    public void A_counter_that_went_down_was_restarted_and_all_of_it_is_new() =>
        First(Look(100, 1, 10, 5), Look(190, 1, 8, 1)).Candidate.ShouldBe([new InstanceCell("n", 0, 8, 1)]);

    [Fact]
    public void While_shares_change_and_while_nothing_is_counted_there_is_no_evidence()
    {
        var (before, now) = (Look(100, 1, 10, 0), Look(190, 3, 40, 2));

        First(before with { Shares = Shares(TrafficShare.Percent(10)) }, now).Missing.ShouldBe("its shares were changing");
        var blind = now with { Sample = now.Sample with { Traffic = new TrafficReading.SourceFailed("no answer") } };
        First(before, blind).Missing.ShouldBe("no answer");
        First(blind, now).Missing.ShouldBe("no answer");
    }

    [Fact]
    public void Deaths_are_counted_once_and_never_those_of_the_time_before_the_first_look()
    {
        var windows = new RolloutWindows(Plan, Plan.Rollout!);
        RegionWindow Next(int mine, int theirs, InstanceState state = InstanceState.Ready) => windows.Between(
            Look(100, 1, 10, 0), Look(190, 3, 40, 2, mine: mine, theirs: theirs, state: state), Second, Reference, null).Regions[0];

        Next(3, 2).Deaths.ShouldBeNull();
        Next(4, 2).Deaths.ShouldBe([1, 0]);
        Next(4, 2).Deaths.ShouldBeNull();
        Next(4, 5).Deaths.ShouldBe([0, 3]);
        Next(4, 5, InstanceState.Exited).Deaths.ShouldBe([1, 0]);
        Next(5, 5).Deaths.ShouldBeNull("it was told when it had exited");
    }

    [Fact]
    public void Only_who_begins_to_say_no_is_told()
    {
        var windows = new RolloutWindows(Plan, Plan.Rollout!);
        IReadOnlyList<long>? Next(int failed) => windows.Between(
            Look(100, 1, 10, 0),
            Look(190, 3, 40, 2) with { Probes = [Probe(Rig.New.Digest, failed), Probe(Rig.Old.Digest, 0)] },
            Second,
            Reference,
            null).Regions[0].Ready;

        Next(0).ShouldBe([4, 4, 0, 0]);
        Next(2).ShouldBe([4, 4, 2, 0]);
        Next(2).ShouldBe([4, 4, 0, 0]);
        Next(1).ShouldBe([4, 4, 0, 0]);
        Next(2).ShouldBe([4, 4, 1, 0]);

        static ProbeCount Probe(ArtifactDigest version, int failed) =>
            new(new("eu-north", version, ProbeKind.Readiness, 1), 4, failed);
    }

    [Fact]
    public void That_the_platform_took_a_share_back_is_told()
    {
        var now = Look(190, 3, 40, 2);
        var region = now.Environment!["eu-north"] with { Withdrawn = true };
        var back = now with { Sample = now.Sample with { Environment = new("production", [region]) } };

        First(Look(100, 1, 10, 0), back).Withdrawn.ShouldBeTrue();
        First(Look(100, 1, 10, 0), now).Withdrawn.ShouldBeFalse();
    }

    private static TimeSpan Second => TimeSpan.FromSeconds(1);

    private static RegionWindow First(RolloutLook before, RolloutLook now) =>
        new RolloutWindows(Plan, Plan.Rollout!).Between(before, now, Second, Reference, null).Regions[0];

    private static RolloutLook Look(
        long requests, long failed, long mineRequests, long mineFailed, DateTimeOffset? since = null,
        bool instances = true, int mine = 0, int theirs = 0, InstanceState state = InstanceState.Ready)
    {
        var counts = new TrafficReading.Counted(
        [
            Traffic(Rig.Old.Digest, "o", requests, failed, since, instances),
            Traffic(Rig.New.Digest, "n", mineRequests, mineFailed, since, instances),
        ]);
        var region = Region(
            "eu-north",
            [
                Version(Rig.Old.Digest, 70, Up("o") with { Restarts = theirs }),
                Version(Rig.New.Digest, 30, Up("n") with { Restarts = mine, State = state }),
            ]);
        var sample = new GateSample(Second, counts, new Dictionary<string, SignalReading>(), null)
        {
            Environment = new("production", [region]),
        };
        return new(sample, [], Shares(TrafficShare.Percent(30)));
    }

    private static Dictionary<string, TrafficShare> Shares(TrafficShare share) => new() { ["eu-north"] = share };

    private static VersionTraffic Traffic(
        ArtifactDigest digest, string instance, long requests, long failed, DateTimeOffset? since, bool instances)
    {
        var counters = new EndpointCounters(requests, failed, LatencyCounts.None);
        var endpoint = Plan.Rollout!.Endpoints[0];
        var own = new InstanceTraffic(counters, new Dictionary<string, EventCount> { [endpoint] = new(failed, requests) });
        return new("eu-north", digest, new Dictionary<string, EndpointCounters> { [endpoint] = counters })
        {
            Instances = instances ? new Dictionary<string, InstanceTraffic> { [instance] = own } : [],
            CountingSince = since,
        };
    }

    private static RegionObservation Region(string name, IReadOnlyList<VersionObservation> versions) =>
        new(name, 1, Convergence.Converged, null, null, versions, []);

    private static VersionObservation Version(ArtifactDigest digest, double share, InstanceObservation instance) =>
        new(digest, TrafficShare.Percent(share), [instance]);

    private static InstanceObservation Up(string id) => new(id, InstanceState.Ready, null, 0, null);
}
