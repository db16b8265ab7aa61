using Tidegate.Testing;

namespace Tidegate.Domain.Tests.Comparisons;

/// <summary>No new plan asks for it: releases that were planned before canary and waves were one rollout still do.</summary>
public sealed class FreshBaselineTests
{
    [Fact]
    public void The_youngest_are_fresh_as_many_as_the_candidate_has_and_only_in_the_steps_regions()
    {
        var now = new EnvironmentObservation("production",
        [
            Region("north", Version(Seen.Old, ("old-1", 1), ("old-2", 300), ("old-3", 301), ("old-4", null)), Version(Seen.New, ("new-1", 300), ("new-2", 302))),
            Region("south", Version(Seen.Old, ("old-9", 400)), Version(Seen.New, ("new-9", 400))),
        ]);

        FreshBaseline.Of(now, Seen.New, Seen.North).ShouldBe(["old-3", "old-2"]);
    }

    [Fact]
    public void Cold_instances_are_compared_with_cold_ones_and_warm_ones_only_tell_what_was_routed()
    {
        var reference = Seen.Reference with { Fresh = ["old-2"] };
        var before = Seen.Counts(With(Seen.Version(Seen.New, 0, 0), ("new-1", 0, 0)), With(Seen.Version(Seen.Old, 1_000, 0), ("old-1", 1_000, 0), ("old-2", 0, 0)));
        var now = Seen.Counts(With(Seen.Version(Seen.New, 50, 0, 20), ("new-1", 50, 20)), With(Seen.Version(Seen.Old, 1_150, 0, 21), ("old-1", 1_100, 1), ("old-2", 50, 20)));

        var window = ComparisonCounts.Between(before, now, Seen.New, Seen.North, reference, TrafficShare.Percent(25));

        window.Requests.ShouldBe(new PairedCounts(50, 50, 0, 0));
        window.Endpoint(0).ShouldBe(window.Requests);
        window.Slow[0].ShouldBe([0, 0, 20, 20]); // none beyond what is borne, and as many beyond the usual as the cold instance has
        window.BaselineAltogether.ShouldBe(150);
        window.Reading(reference).BaselineAltogether.ShouldBe(150);
    }

    [Fact]
    public void Without_counts_by_instance_the_window_is_no_evidence()
    {
        var both = Seen.Counts(Seen.Version(Seen.New, 10, 1), Seen.Version(Seen.Old, 100, 0));

        ComparisonCounts.Between(both, both, Seen.New, Seen.North, Seen.Reference with { Fresh = ["old-2"] }, TrafficShare.Percent(10))
            .Missing.ShouldBe("no edge counts by instance, and no fresh instance of the running version can be told from the others");
    }

    [Fact]
    public void Few_fresh_instances_do_not_hide_that_the_candidate_is_silent()
    {
        var alone = Seen.Window(requests: 30, failed: 0);

        // 30 of 100 are the routed 30 %; 30 of 3,030 are not.
        Silence(alone).ShouldBeLessThan(0);
        Silence(alone with { BaselineAltogether = 3_000 }).ShouldBeGreaterThan(50);

        static double Silence(ComparisonWindow window) => Comparison.Begin(Seen.Plan(), Seen.Reference).Add(window).State.Silence.Share.LogValue;
    }

    private static RegionObservation Region(string name, params VersionObservation[] versions) => new(name, 1, Convergence.Converged, null, null, versions, []);

    private static VersionObservation Version(ArtifactDigest digest, params (string Id, int? Started)[] instances) => new(digest, TrafficShare.All,
        [.. instances.Select(i => new InstanceObservation(i.Id, InstanceState.Ready, null, 0, null) { StartedAt = i.Started is { } s ? Some.Noon.AddSeconds(s) : null })]);

    private static InstanceTraffic Instance(IReadOnlyDictionary<string, EndpointCounters> endpoints) =>
        new(EndpointCounters.Sum(endpoints.Values), endpoints.ToDictionary(e => e.Key, e => new EventCount(e.Value.Errors, e.Value.Requests)));

    private static VersionTraffic With(VersionTraffic version, params (string Id, long Requests, long Slow)[] instances) => version with
    {
        Instances = instances.ToDictionary(i => i.Id, i => Instance(Seen.Version(version.Digest, i.Requests, 0, i.Slow).Endpoints)),
    };
}
