using System.Text.Json.Nodes;
using Tidegate.Pipeline.Declared;

namespace Tidegate.Delivery.Tests.Configuration;

/// <summary>The service graph, and signals of neighbours: REQUIREMENTS N10 and N11, FAULTS.md A5 and A10.</summary>
public sealed class NeighbourTests
{
    private const string Calls = """
        {
          "name": "calls", "rule": "metric", "scope": "downstream", "neighbour": "catalog", "path": "/metrics", "noData": "hold", "atMost": 0.02,
          "events": { "name": "failed_total", "labels": { "peer": "catalog" } }, "exposures": { "name": "calls_total", "sum": true }
        }
        """;

    private static readonly string[] Judged = ["deployGamma", "canary", "regionWaves"];

    [Fact]
    public void What_is_written_is_what_the_gate_watches()
    {
        var loaded = Delivery.Loaded(Delivery.With(t => Add(t, Calls, Judged)));

        var signal = loaded.Definition[Stage.Canary].Gate.Signals.Single(s => s.Name == "calls");
        (signal.Scope, signal.Neighbour).ShouldBe((SignalScope.Downstream, "catalog"));
        var rule = signal.Rule.ShouldBeOfType<SignalRule.Metric>();
        rule.At.ShouldBe(new MetricPlace("/metrics", null, null));
        rule.Events.ToString().ShouldBe("failed_total{peer=\"catalog\"}");
        rule.Exposures.Sum.ShouldBeTrue();
        (rule.AtMost, rule.Ratio, rule.AtLeast).ShouldBe((0.02, 1.5, 10));
    }

    public static TheoryData<string, string, string, string> Wrong => new()
    {
        { "neighbour", "\"catalgo\"", Code.UnknownNeighbour, "Did you mean \"catalog\"?" },
        { "neighbour", "\"shop\"", Code.UnknownNeighbour, "catalog" },
        { "neighbour", "", Code.NeighbourMissing, "one of \"callees\": catalog." },
        { "scope", "", Code.NeighbourMissing, "remove \"neighbour\"" },
        { "path", "", Code.MetricPlaceWrong, "\"path\"" },
        { "address", "\"http://catalog/metrics\"", Code.MetricPlaceWrong, "either \"path\"" },
        { "versionLabel", "\"version\"", Code.MetricPlaceWrong, "Remove \"versionLabel\"" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_signal_that_cannot_tell_of_its_neighbour_is_refused(string member, string value, string code, string nextStep)
    {
        var problem = Delivery.ProblemsWith(t => Add(t, Changed(Calls, member, value), Judged)).Single(p => p.Code == code);

        problem.Where.ShouldStartWith("config/delivery.json $.signals[8]");
        problem.NextStep.ShouldContain(nextStep);
    }

    public static TheoryData<string, string?> Fits => new()
    {
        { """{ "name": "x", "rule": "liveness", "scope": "downstream", "neighbour": "catalog", "noData": "hold" }""", Code.RuleUnfit },
        { """{ "name": "x", "rule": "errorRate", "atMost": 0.1, "scope": "downstream", "neighbour": "catalog", "noData": "hold" }""", Code.RuleUnfit },
        { """{ "name": "x", "rule": "errorRate", "atMost": 0.1, "scope": "upstream", "neighbour": "shop", "noData": "hold" }""", null },
        { """{ "name": "x", "rule": "health", "noData": "hold" }""", Code.RuleUnfit },
        { """{ "name": "x", "rule": "health", "scope": "downstream", "neighbour": "catalog", "noData": "hold" }""", null },
        { """{ "name": "x", "rule": "health", "scope": "upstream", "neighbour": "shop", "noData": "hold" }""", Code.RuleUnfit },
        { """{ "name": "x", "rule": "health", "address": "http://shop/health", "scope": "upstream", "neighbour": "shop", "noData": "hold" }""", null },
        { """{ "name": "x", "rule": "alerts", "address": "http://alerts", "filters": ["service=\"catalog\""], "scope": "downstream", "neighbour": "catalog", "noData": "hold" }""", null },
        { Changed(Changed(Calls, "scope", "\"upstream\""), "neighbour", "\"shop\""), Code.MetricPlaceWrong },
        { Changed(Changed(Changed(Changed(Calls, "scope", "\"upstream\""), "neighbour", "\"shop\""), "path", ""), "address", "\"http://shop/metrics\""), null },
        { Changed(Changed(Changed(Changed(Calls, "scope", ""), "neighbour", ""), "path", ""), "address", "\"http://shop/metrics\""), Code.MetricPlaceWrong },
        { Changed(Changed(Calls, "scope", ""), "neighbour", ""), null },
    };

    [Theory]
    [MemberData(nameof(Fits))]
    public void Rules_and_scopes_fit_together(string signal, string? code) =>
        Delivery.ProblemsWith(t => Add(t, signal, Judged)).Select(p => p.Code).ShouldBe(code is null ? [] : [code]);

    [Fact]
    public void A_neighbour_is_named_once_among_the_callers_and_once_among_the_callees()
    {
        Delivery.ProblemsWith(t => t["callees"] = new JsonArray("catalog", "catalog")).ShouldHaveSingleItem().Code.ShouldBe(Code.NameTaken);
        Delivery.ProblemsWith(t => (t["callees"], t["callers"]) = (new JsonArray("ring"), new JsonArray("ring"))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("deployGamma", "canary", "and also by \"calls\"")]
    [InlineData("canary", "canary", "without \"calls\"")]
    [InlineData("regionWaves", "regionWaves", "without \"calls\"")]
    public void A_signal_that_only_one_of_gamma_and_production_has_is_named_unless_there_is_a_reason(string without, string named, string words)
    {
        string[] stages = [.. Judged.Where(s => s != without)];

        Delivery.ProblemsWith(t => Add(t, Calls, stages)).Single(p => p.Where == $"config/delivery.json $.profiles.local.stages.{named}.signals").What.ShouldContain(words);
        Delivery.ProblemsWith(t =>
        {
            Add(t, Calls, stages);
            Differs(t, without, """{ "calls": { "because": "there is no catalog" } }""");
        }).ShouldBeEmpty();
    }

    [Fact]
    public void A_limit_is_another_in_one_stage_for_a_reason_and_the_rest_of_the_rule_is_the_same()
    {
        var loaded = Delivery.Loaded(Delivery.With(t => Differs(t, "deployGamma", """{ "errors": { "because": "few requests", "atMost": 0.05 } }""")));

        loaded.Definition[Stage.DeployGamma].Gate.Signals.Single(s => s.Name == "errors").Rule.ShouldBe(new SignalRule.ErrorRate(0.05, 1.5));
        loaded.Definition[Stage.Canary].Gate.Signals.Single(s => s.Name == "errors").Rule.ShouldBe(new SignalRule.ErrorRate(0.01, 1.5));
    }

    [Theory]
    [InlineData("""{ "errors": { "because": "habit" } }""", Code.DifferenceUnfounded)]
    [InlineData("""{ "live": { "because": "habit", "atMost": 0.5 } }""", Code.DifferenceUnfounded)]
    [InlineData("""{ "data": { "because": "habit", "atMost": 0.5 } }""", Code.DifferenceUnfounded)]
    [InlineData("""{ "erors": { "because": "habit", "atMost": 0.5 } }""", Code.UnknownSignal)]
    [InlineData("""{ "errors": { "atMost": 0.5 } }""", Code.MemberMissing)]
    public void A_reason_without_a_difference_and_a_difference_without_a_reason_are_refused(string differs, string code) =>
        Delivery.ProblemsWith(t => Differs(t, "canary", differs)).ShouldHaveSingleItem().Code.ShouldBe(code);

    private static void Add(JsonObject tree, string signal, string[] stages)
    {
        (tree["callers"], tree["callees"]) = (new JsonArray("shop"), new JsonArray("catalog"));
        tree["signals"]!.AsArray().Add(JsonNode.Parse(signal));
        var name = (string)tree["signals"]!.AsArray()[^1]!["name"]!;
        foreach (var stage in stages) tree.At($"profiles.local.stages.{stage}.signals").AsArray().Add(name);
        if (tree["profiles"]!["production"] is null) return;
        foreach (var stage in Judged) tree.At($"profiles.production.stages.{stage}.signals").AsArray().Add(name);
    }

    private static void Differs(JsonObject tree, string stage, string differs) => tree.At($"profiles.local.stages.{stage}")["differs"] = JsonNode.Parse(differs);

    private static string Changed(string signal, string member, string value)
    {
        var tree = JsonNode.Parse(signal)!.AsObject();
        if (value.Length == 0) tree.Remove(member);
        else tree[member] = JsonNode.Parse(value);
        return tree.ToJsonString();
    }
}
