using System.Globalization;

namespace Tidegate.Pipeline.Reports;

/// <summary>What other instances and shares change, in words: regions that stay as they are are not told.</summary>
internal static class TargetChange
{
    public static string Words(ReleasePlan plan, IReadOnlyList<RegionTarget> before, IReadOnlyList<RegionTarget> now)
    {
        var changes = now
            .Select(t => Of(plan, before.FirstOrDefault(b => b.Region == t.Region), t))
            .OfType<string>()
            .ToList();
        return changes.Count == 0 ? "as before" : string.Join("; ", changes);
    }

    private static string? Of(ReleasePlan plan, RegionTarget? before, RegionTarget now)
    {
        var (was, becomes) = (New(plan, before), New(plan, now));
        var (old, stays) = (Old(plan, before), Old(plan, now));
        var words = new List<string>();
        if (was.Instances != becomes.Instances) words.Add(Instances(was.Instances, becomes.Instances, "new"));
        if (before is not null && old != stays) words.Add(Instances(old, stays, "old"));
        if (was.Share != becomes.Share || words.Count > 0) words.Add($"{becomes.Share} of the requests");
        return words.Count == 0 ? null : $"{now.Region}: {string.Join(", ", words)}";
    }

    private static string Instances(int before, int now, string which)
    {
        var instances = now == 1 ? "instance" : "instances";
        var told = before == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" (before: {before})");
        return string.Create(CultureInfo.InvariantCulture, $"{now} {which} {instances}{told}");
    }

    private static (int Instances, TrafficShare Share) New(ReleasePlan plan, RegionTarget? target) =>
        target?.Versions.FirstOrDefault(v => v.Digest == plan.Candidate.Digest) is { } version
            ? (version.Instances, version.Share)
            : (0, TrafficShare.None);

    private static int Old(ReleasePlan plan, RegionTarget? target) =>
        target?.Versions.Where(v => v.Digest != plan.Candidate.Digest).Sum(v => v.Instances) ?? 0;
}
