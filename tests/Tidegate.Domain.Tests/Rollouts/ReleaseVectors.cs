using System.Text.Json.Nodes;
using Tidegate.Gates.Sequential;

namespace Tidegate.Rollouts;

/// <summary>The vectors that came with the specification of a whole release's gate, computed a second way from its
/// text alone.</summary>
internal static class ReleaseVectors
{
    private const double Tolerance = 1e-9;

    public static IReadOnlyList<JsonNode> All { get; } =
        [.. GateData.Read("golden-release.json")["vectors"]!.AsArray().Select(v => v!)];

    public static string Name(JsonNode vector) => vector["name"]!.GetValue<string>();

    public static JsonNode Vector(string name) => All.Single(v => Name(v) == name);

    /// <summary>Names of all vectors about something: what stands before the number.</summary>
    public static TheoryData<string> About(string something) => [.. All.Select(Name).Where(n => About(n, something))];

    public static bool About(string name, string something) =>
        name[..name.IndexOf('-', StringComparison.Ordinal)] == something;

    public static IEnumerable<JsonNode> Rows(this JsonNode node, string name) => node[name]!.AsArray().Select(r => r!);

    public static double[] Numbers(this JsonNode node, string name) => node[name]!.Numbers();

    public static long Count(this JsonNode node, string name) => (long)node.Number(name);

    public static bool Flag(this JsonNode node, string name) => node[name]?.GetValue<bool>() ?? false;

    public static RateRatio Question(this JsonNode input) => new(input.Number("rho0"), input.Numbers("rho"));

    public static void ShouldAgree(this double actual, double expected, string where) =>
        actual.ShouldBe(expected, Math.Max(1e-12, Math.Abs(expected) * Tolerance), where);

    public static void ShouldAgree(this IReadOnlyList<double> actual, IReadOnlyList<double> expected, string where)
    {
        actual.Count.ShouldBe(expected.Count, where);
        for (var i = 0; i < expected.Count; i++) actual[i].ShouldAgree(expected[i], $"{where}, number {i}");
    }

    /// <summary>U, what waits, R, what is left of the tail, and the time.</summary>
    public static void ShouldEnd(this PlannedProcess process, JsonNode end, string where)
    {
        process.Unbegun.ShouldAgree(end.Number("U"), $"{where}, U");
        process.Waiting.ShouldAgree(end.Number("wait"), $"{where}, wait");
        process.Tail.ShouldAgree(end.Number("left"), $"{where}, left");
        process.Judged.ShouldAgree(end.Number("t"), $"{where}, t");
        process.Begun.ToArray().Select(Math.Exp).ToList().ShouldAgree(end.Numbers("R"), $"{where}, R");
    }
}
