using Tidegate.ReleaseBenchmark.Worlds;
using static System.FormattableString;

namespace Tidegate.ReleaseBenchmark.Results;

/// <summary>The goals of a whole release, R1 to R14, as far as these worlds can tell.</summary>
/// <param name="requestsPerSecond">Of the profile: what a late fault costs grows with it.</param>
internal sealed class Goals(IReadOnlyList<WorldResult> results, double requestsPerSecond)
{
    private const string Elsewhere = "by tests, or by the gate's own benchmark";
    private const string Missing = "not all of the worlds were played";

    public IReadOnlyList<Goal> All() =>
    [
        Healthy(),
        new("R2", "one budget for each release, printed; nothing rolls back outside it", Elsewhere, null),
        Rates("R3", "bursts that nobody configured: at most 0.5 % rolled back in each", 0.005,
            "bursts", "bursts-rare", "bursts-quiet", "slow-bursts"),
        Fault("R3", "+1 point among bursts: found in 99.9 %, at most 60 bad", 0.999, 60, "errors-1pp-bursts"),
        Fault("R4", "p99 +20 %: found in 99.9 %, at most 100 bad", 0.999, 100, "p99+20%"),
        Fault("R4", "p99 x2: found in 99.9 %, at most 40 bad", 0.999, 40, "p99x2"),
        Fault("R4", "everything +10 %: found in 99.9 %, at most 130 bad", 0.999, 130, "p50+10%"),
        Rates("R5", "cold starts, cold caches, pauses, jobs, zones: at most 0.5 % rolled back in each", 0.005,
            "cold-start", "cold-start-long", "cold-start-failing", "cold-cache", "pauses", "job", "incidents-zone"),
        Rates("R5", "new connections that fail 2 %: at most 1 % rolled back", 0.01, "churn"),
        Watch(),
        Late("late-70m"),
        Late("late-2h"),
        Fault("R7", "+1 point late, after a dirty history: found in 99.9 %, at most 200 bad", 0.999, 200,
            "late-dirty-history"),
        new("R8", "rare endpoints", Elsewhere, null),
        new("R9", "total failure at very little and very much traffic", Elsewhere, null),
        new("R10", "the published suite with the repaired rule", Elsewhere, null),
        Speed(),
        Fault("R12", "404 everywhere: found in 99.9 %, at most 30 bad", 0.999, 30, "not-found"),
        Fault("R12", "empty answers everywhere: found in 99.9 %, at most 30 bad", 0.999, 30, "empty-answers"),
        Fault("R12", "404 in a fifth of one endpoint: found in 99.9 %", 0.999, null, "not-found-endpoint"),
        Fault("R13", "30 % of first tries lost: found in 99 %, at most 40 bad", 0.99, 40, "lost-first-tries"),
        new("R14", "traces and vectors", Elsewhere, null),
    ];

    private Goal Healthy()
    {
        var healthy = results.Where(r => r.World.Expected == Expected.Release).ToList();
        const string Text = "rolled back at most 1 % in each healthy world and 0.2 % over all, held at most 2 %";
        if (healthy.Count == 0) return new("R1", Text, "none was played", null);

        var (back, held) = (healthy.MaxBy(r => r.RolledBack.Share)!, healthy.MaxBy(r => r.Held.Share)!);
        var all = new Interval(healthy.Sum(r => r.RolledBack.Events), healthy.Sum(r => r.RolledBack.Of));
        return new(
            "R1",
            Text,
            $"of {healthy.Count} worlds {back.RolledBack} % in {back.World.Name}, {all} % over all, "
                + $"held {held.Held} % in {held.World.Name}",
            back.RolledBack.Share <= 0.01 && all.Share <= 0.002 && held.Held.Share <= 0.02);
    }

    private Goal Rates(string id, string text, double atMost, params string[] names)
    {
        if (Of(names) is not { } worlds) return new(id, text, Missing, null);

        var worst = worlds.MaxBy(r => r.RolledBack.Share)!;
        return new(id, text, $"{worst.RolledBack} % in {worst.World.Name}", worst.RolledBack.Share <= atMost);
    }

    private Goal Fault(string id, string text, double found, double? atMost, string name)
    {
        if (Of(name) is not [var world]) return new(id, text, $"{name} was not played", null);

        var bad = world.Bad.Mean ?? 0;
        var reached = world.Found.Share >= found && bad <= (atMost ?? bad);
        return new(id, text, Invariant($"{world.Found} % found, {bad:0.#} bad"), reached);
    }

    private Goal Late(string name)
    {
        var atMost = 400 * Math.Max(1, requestsPerSecond / 300);
        var text = Invariant($"+5 points late: found in 99.9 %, at most 400 bad at 300 requests/s, here {atMost:0}");
        return Fault("R7", text, 0.999, atMost, name);
    }

    private Goal Watch()
    {
        const string Text = "a probe of more than ten minutes in at most 0.1 %, without a cause at most one a day";
        if (Of("very-clean", "clean", "plain", "rough") is not { } worlds) return new("R6", Text, Missing, null);

        var (stuck, probes) = (worlds.MaxBy(r => r.Stuck.Share)!, worlds.MaxBy(r => r.ProbesADay)!);
        return new(
            "R6",
            Text,
            Invariant($"{stuck.Stuck} % in {stuck.World.Name}, {probes.ProbesADay:0.##} a day in {probes.World.Name}"),
            stuck.Stuck.Share <= 0.001 && probes.ProbesADay <= 1);
    }

    private Goal Speed()
    {
        const string Text = "100 % of requests in at most 45 minutes (median) and 60 (p90)";
        if (Of("plain") is not [var plain]) return new("R11", Text, "plain was not played", null);
        if (plain.HoursTo100 is not { Median: { } median, P90: { } p90 }) return new("R11", Text, "never", false);

        return new("R11", Text, Invariant($"{60 * median:0.#} and {60 * p90:0.#} minutes"), median <= 0.75 && p90 <= 1);
    }

    private List<WorldResult>? Of(params string[] names)
    {
        var found = names.Select(n => results.FirstOrDefault(r => r.World.Name == n)).OfType<WorldResult>().ToList();
        return found.Count == names.Length ? found : null;
    }
}
