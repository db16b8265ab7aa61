using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tidegate.ReleaseBenchmark.Results;

/// <summary>The numbers for other programs.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    };

    public static void Write(
        string path, Arguments arguments, IReadOnlyList<WorldResult> results, IReadOnlyList<WorldResult> rivals)
    {
        var all = new
        {
            version = 1,
            arguments.Profile,
            commit = Commit.Checked(),
            arguments.Seed,
            watch = arguments.Watch ?? "as the profile says",
            worlds = results.Select(r => Of(r, policy: null)),
            rivals = rivals.Select(r => Of(r, r.Policy)),
        };
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
        File.WriteAllText(path, JsonSerializer.Serialize(all, Form) + "\n");
    }

    private static SortedDictionary<string, object?> Of(WorldResult r, string? policy)
    {
        var members = new SortedDictionary<string, object?>(StringComparer.Ordinal)
        {
            ["name"] = r.World.Name,
            ["expected"] = r.World.Expected.ToString().ToLowerInvariant(),
            ["runs"] = r.Runs.Count,
            ["released"] = r.Released.Events,
            ["rolledBack"] = r.RolledBack.Events,
            ["found"] = r.World.World.Fault is null ? null : r.Found.Events,
            ["held"] = r.Held.Events,
            ["stuck"] = r.Stuck.Events,
            ["hoursTo100"] = new { median = r.HoursTo100.Median, p90 = r.HoursTo100.P90 },
            ["hoursToEnd"] = new { median = r.HoursToEnd.Median, p90 = r.HoursToEnd.P90 },
            ["probes"] = r.Probes,
            ["bad"] = new { mean = r.Bad.Mean, p95 = r.Bad.P95 },
            ["secondsToVerdict"] = new { median = r.SecondsToVerdict.Median, p95 = r.SecondsToVerdict.P95 },
            ["accused"] = r.Accused.ToDictionary(),
        };
        if (policy is not null) members["policy"] = policy;
        return members;
    }
}
