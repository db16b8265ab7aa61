using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tidegate.Gates.Sequential;

/// <summary>The whole gate, window by window, against two recorded releases: one healthy, one with one failure more in a hundred.</summary>
public sealed class TraceTests
{
    private const double Tolerance = 1e-9;

    /// <summary>The recorded gate's ramp was coarser, and it took memory to be less noisy; its tests are the same.</summary>
    private static readonly SequentialOptions AsRecorded = SequentialOptions.Default with
    {
        FirstWeight = 0.01,
        HarmBudget = 10,
        RampEvery = TimeSpan.FromSeconds(15),
        Grades = [0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002],
        MemoryVariance = 2.6,
    };

    [Theory]
    [InlineData("healthy-100rps")]
    [InlineData("plus1pp-100rps")]
    public void Follows_the_recorded_release_window_by_window(string name)
    {
        var trace = GateData.Read("traces.json")["traces"]!.AsArray().Single(t => t!["name"]!.GetValue<string>() == name)!;
        var reference = new GateReference(
            trace.Number("p_ref"), trace.Number("q_ref"), trace.Number("phi"), 1, trace.Number("R"),
            [0.01, .. Enumerable.Repeat(0.99 / 19, 19)]);
        var gate = new SequentialGate(AsRecorded, reference);

        var state = gate.Begin();
        foreach (var window in trace["windows"]!.AsArray())
        {
            var (input, output) = (window![0]!, window[1]!);
            state.Weight.ShouldBe(input.Number("w"), 1e-11);

            state = gate.Next(state, Reading(input, state.Weight));

            Compare(state, output, $"{name}, window {input["t"]}");
        }
    }

    private static void Compare(SequentialState state, JsonNode output, string where)
    {
        Close(state.Against.Hard.Evidence.LogValue, "E_hard");
        Close(state.Against.Errors.Evidence.LogValue, "E_err");
        Close(state.Against.EndpointsLogValue, "E_ep_mean");
        Close(state.Against.Slow99.Evidence.LogValue, "E_l99");
        Close(state.Against.Slow90.Evidence.LogValue, "E_l90");
        Close(state.Against.Slow50.Evidence.LogValue, "E_l50");
        Close(state.Against.Memory.LogValue, "E_mem");
        Close(state.Against.LogValue, "M");
        Close(state.For.FailuresLogValue, "ni_err");
        Close(state.For.Slow99.LogValue, "ni_l99");
        Close(state.For.Slow50.LogValue, "ni_l50");

        var (says, should) = (state, output);
        says.For.Bound.WorstRate.ShouldBe(should.Number("U"), 1e-12, where);
        says.Incident.On.ShouldBe(should["incident"]!.GetValue<bool>(), where);
        (says.Phase == GatePhase.RolledBack).ShouldBe(should["rollback"]!.GetValue<bool>(), where);
        if (says.Phase == GatePhase.RolledBack) return;

        says.Weight.ShouldBe(should.Number("w_next"), 1e-11, where);
        says.Phase.ShouldBe((GatePhase)should["state"]!.GetValue<int>(), where);

        void Close(double nats, string value) =>
            Math.Exp(nats).ShouldBe(output.Number(value), output.Number(value) * Tolerance, $"{value} at {where}");
    }

    private static GateReading Reading(JsonNode input, double weight)
    {
        var (ours, theirs) = (Counts(input, "nc_ep"), Counts(input, "nb_ep"));
        var (ourErrors, theirErrors) = (Counts(input, "ec_ep"), Counts(input, "eb_ep"));
        var endpoints = Enumerable.Range(0, ours.Length).Select(i => new PairedCounts(ours[i], theirs[i], ourErrors[i], theirErrors[i])).ToArray();
        var whole = endpoints.Aggregate(PairedCounts.Add);
        return new(
            weight, input["missing"]!.GetValue<bool>(), whole, endpoints,
            Slow(input, "0.99"), Slow(input, "0.9"), Slow(input, "0.5"), input.Number("mem_diff"));
    }

    private static long[] Counts(JsonNode input, string name) => input[name]!.Deserialize<long[]>()!;

    private static SlowCounts Slow(JsonNode input, string quantile)
    {
        var at = input["lat"]![quantile]!;
        return new(at["c_tol"]!.GetValue<long>(), at["c_margin"]!.GetValue<long>(), at["c_edge"]!.GetValue<long>(), at["b_edge"]!.GetValue<long>());
    }
}
