namespace Tidegate;

/// <summary>Limits that the running version was beyond already in the hour before: they are set aside, and whoever
/// releases is told.</summary>
public static class UsualBeyond
{
    /// <summary>Nats (a chance of 1 in 20): less is no reason to warn anybody.</summary>
    private const double Certain = 3;

    private const int MostRegions = 10;

    /// <summary>One line for each such limit; empty: none.</summary>
    public static IReadOnlyList<string> Words(RolloutPlan plan, RolloutReference reference)
    {
        List<string> lines = [];
        if (plan.FailureLimit is { } failures)
        {
            var regions = reference.Regions.Select(r => Failed(r, reference.Covers)).ToList();
            Add(failures, "failed", regions);
        }

        if (plan.SlowLimit is { } slow)
        {
            var regions = reference.Regions.Select(r => r.BeyondLimit ?? default).ToList();
            Add(slow, FormattableString.Invariant($"took longer than {plan.LatencyLimit:0.##} ms"), regions);
        }

        return lines;

        void Add(RolloutLimit limit, string what, List<EventCount> regions)
        {
            var all = regions.Aggregate(default(EventCount), (a, b) => a.Plus(b));
            var beyond = plan.Regions.Zip(regions).Where(r => IsBeyond(r.Second, limit)).ToList();
            if (beyond.Count == 0 && !IsBeyond(all, limit)) return;

            var where = string.Join(", ", beyond.Take(MostRegions).Select(r => $"{r.First.Name} {Share(r.Second.Rate)}"));
            if (beyond.Count > MostRegions) where += ", …";
            lines.Add($"{limit.Signal}: in the hour before, {Share(all.Rate)} of the running version's requests {what}"
                + (where.Length == 0 ? "" : $" ({where})")
                + $", and its atMost is {Share(limit.AtMost)}. There the limit is set aside: the new version is held beside "
                + "the running one alone. Raise atMost above what is usual, or mend the service");
        }
    }

    private static string Share(double rate) => FormattableString.Invariant($"{rate:0.##%}");

    private static bool IsBeyond(EventCount usual, RolloutLimit limit) =>
        EvidenceMath.AboveLimit(usual, limit.AtMost) >= Certain;

    /// <summary>What the rate was measured from: it has one event in a thousand requests more
    /// (<see cref="ReferenceRate"/>).</summary>
    private static EventCount Failed(RegionReference region, TimeSpan covers)
    {
        var requests = region.RequestsPerSecond * covers.TotalSeconds;
        var failed = (region.FailureRate * (requests + 1000)) - 1;
        return new((long)Math.Round(Math.Clamp(failed, 0, requests)), (long)Math.Round(requests));
    }
}
