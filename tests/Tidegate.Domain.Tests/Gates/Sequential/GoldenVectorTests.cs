using System.Text.Json.Nodes;

namespace Tidegate.Gates.Sequential;

/// <summary>Every formula against numbers that were computed a second way with 50 digits (golden.json says how, vector by vector).</summary>
public sealed class GoldenVectorTests
{
    private const double Tolerance = 1e-9;

    public static TheoryData<string> Vectors =>
        [.. GateData.Read("golden.json")["vectors"]!.AsArray().Select(v => v!["id"]!.GetValue<string>())];

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Agrees_with_the_reference_to_nine_digits(string id)
    {
        var vector = GateData.Read("golden.json")["vectors"]!.AsArray().Single(v => v!["id"]!.GetValue<string>() == id)!;
        var expected = vector["output"] is JsonArray several ? several.Numbers() : [vector.Number("output")];

        var actual = Compute(vector["fn"]!.GetValue<string>(), vector["input"]!);

        actual.Length.ShouldBe(expected.Length);
        foreach (var (actualValue, should) in actual.Zip(expected)) actualValue.ShouldBe(should, Math.Abs(should) * Tolerance);
    }

    private static double[] Compute(string function, JsonNode input) => function switch
    {
        "cblr" => Path(input),
        "ni_two" => [Math.Exp(Ratio(input).LogValue)],
        "ni_one" => [Math.Exp(RateBelow.LogValue(new((long)input.Number("e"), (long)input.Number("n")), input.Number("delta"), input.Number("phi")))],
        "ni_combined" => [Combined(input)],
        "dirichlet2" => [Math.Exp(MixtureInterval.LogValue((long)input.Number("a"), (long)input.Number("b"), input.Number("theta0"), input.Number("kappa")))],
        "dirichlet_cs" => Interval(input),
        "slope_e" => [Math.Exp(Slope(input))],
        "srm_e" => [Math.Exp(Share(input))],
        "cusum" => [Math.Exp(Rise(input))],
        "dispersion" => [input["table"]!.AsArray().Aggregate(default(DispersionEstimate), (d, row) => d.Add([.. row!.Numbers().Select(e => (long)e)])).Value],
        "floor_bad" => [PhysicalFloor.BadRequests(input.Number("p0"), input.Number("p1"), input.Number("alpha"))],
        "hr_quantile" => [PhysicalFloor.QuantileBand(input.Number("t"), input.Number("p"), input.Number("alpha"))],
        "weighted_mean" => [Math.Exp(Merged(input))],
        _ => throw new ArgumentOutOfRangeException(nameof(function), function, "no such formula"),
    };

    private static double[] Path(JsonNode input)
    {
        var question = new RateRatio(input.Number("rho0"), input["rho"]!.Numbers());
        var tempering = new Tempering(input.Number("phi"), input["clip"]?.GetValue<double>() ?? double.PositiveInfinity);
        var evidence = EProcess.Begin(input.Number("m0"));
        var path = new List<double>();
        foreach (var window in Windows(input))
        {
            evidence = evidence.Next(question, window, tempering, input.Number("h"));
            Math.Exp(evidence.LogValue).ShouldBe(evidence.Value, evidence.Value * 1e-12);
            path.Add(evidence.Value);
        }

        return [.. path];
    }

    private static IEnumerable<PairedCounts> Windows(JsonNode input) => input["windows"]!.AsArray().Select(w => w!.Window());

    private static RatioBelow Ratio(JsonNode input)
    {
        var alternatives = input["alts"]!.Numbers();
        return Windows(input).Aggregate(default(RatioBelow), (e, w) =>
            e.Add(w, input.Number("rho_m"), alternatives[0], alternatives[1], input.Number("phi")));
    }

    private static double Combined(JsonNode input)
    {
        var margin = new HarmMargin(input.Number("rho_m"), input.Number("delta"));
        var candidate = Windows(input).Aggregate(default(EventCount), (c, w) => c.Plus(new(w.CandidateEvents, w.Candidate)));
        return Math.Exp(margin.Evidence(Ratio(input), candidate, input.Number("phi")));
    }

    private static double[] Interval(JsonNode input)
    {
        var (low, high) = MixtureInterval.Of((long)input.Number("a"), (long)input.Number("b"), input.Number("c0"), input.Number("kappa"), input.Number("alpha"));
        return [low, high];
    }

    private static double Slope(JsonNode input) => input["t_minutes"]!.Numbers().Zip(input["diff"]!.Numbers())
        .Aggregate(default(MemorySlope), (slope, point) => slope.Add(point.First, point.Second))
        .LogValue(input.Number("s2"));

    private static double Share(JsonNode input) => input["windows"]!.AsArray().Select(w => w!.Numbers())
        .Aggregate(default(TelemetryShare), (share, w) => share.Add(w[0], (long)w[1], (long)w[2])).LogValue;

    private static double Rise(JsonNode input)
    {
        var ratios = input["ratios"]!.Numbers();
        var rise = new RateRise(input.Number("guard"), ratios[0], ratios[1], ratios[2]);
        return input["windows"]!.AsArray().Select(w => w!.Numbers())
            .Aggregate(default(Cusum), (sum, w) => sum.Add(rise, new((long)w[1], (long)w[0]), input.Number("pref"), input.Number("phi"))).LogValue;
    }

    private static double Merged(JsonNode input)
    {
        var (e, w) = (input["e"]!, input["weights"]!);
        var budget = new ErrorBudget(w.Number("err"), w.Number("hard"), w.Number("endpoints"), w.Number("lat99"), w.Number("lat90"), w.Number("lat50"), w.Number("mem"));
        budget.Total.ShouldBe(1, 1e-12);
        return budget.Merge(
            Math.Log(e.Number("err")), Math.Log(e.Number("hard")), Math.Log(e["endpoints"]!.Numbers().Average()),
            Math.Log(e.Number("lat99")), Math.Log(e.Number("lat90")), Math.Log(e.Number("lat50")), Math.Log(e.Number("mem")));
    }
}
