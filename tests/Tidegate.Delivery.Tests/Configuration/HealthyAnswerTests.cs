using System.Text.Json.Nodes;
using Tidegate.Pipeline.Declared;

namespace Tidegate.Delivery.Tests.Configuration;

/// <summary>What a healthy answer holds, as <c>readiness</c> and <c>health</c> declare it.</summary>
public sealed class HealthyAnswerTests
{
    [Fact]
    public void What_is_declared_is_what_the_signal_asks_for()
    {
        Rule(Ready("\"contains\": \"all good\"")).ShouldBe(new SignalRule.Readiness("/r", new("all good", null, null)));
        Rule(Ready("\"json\": \"$.checks[0].state\", \"equals\": \"UP\"")).ShouldBe(new SignalRule.Readiness("/r", new(null, "$.checks[0].state", "UP")));
        Rule(Neighbour("\"address\": \"http://catalog/health\", \"contains\": \"ok\""))
            .ShouldBe(new SignalRule.Health(new("http://catalog/health"), new("ok", null, null)));
    }

    [Theory]
    [InlineData("\"contains\": \"ok\", \"json\": \"$.a\", \"equals\": \"b\"", "only one can count")]
    [InlineData("\"contains\": \"ok\", \"equals\": \"b\"", "there is no \"json\"")]
    [InlineData("\"json\": \"$.a\"", "\"equals\" is missing")]
    public void What_contradicts_itself_is_refused(string members, string what)
    {
        var problem = Problems(Ready(members)).Single(p => p.Code == Code.HealthyAnswerContradicts);

        problem.Where.ShouldBe("config/delivery.json $.signals[8]");
        problem.What.ShouldContain(what);
        problem.NextStep.ShouldContain("Write either \"contains\", or \"json\" with \"equals\"");
    }

    [Theory]
    [InlineData("status")]
    [InlineData("$")]
    [InlineData("$..status")]
    [InlineData("$.a[*]")]
    [InlineData("$['a']")]
    public void A_place_that_cannot_be_looked_up_is_refused_with_the_form(string place)
    {
        var problem = Problems(Ready($"\"json\": \"{place}\", \"equals\": \"UP\"")).Single(p => p.Code == Code.WrongText);

        problem.Where.ShouldBe("config/delivery.json $.signals[8].json");
        problem.NextStep.ShouldContain("\"$.checks[0].state\"");
    }

    [Fact]
    public void A_neighbour_that_the_platform_asks_declares_it_elsewhere() =>
        Problems(Neighbour("\"contains\": \"ok\"")).Single(p => p.Code == Code.HealthyAnswerContradicts).NextStep.ShouldContain("readyWhen");

    private static string Ready(string members) => $$"""{ "name": "own-words", "rule": "readiness", "path": "/r", "noData": "hold", {{members}} }""";

    private static string Neighbour(string members) =>
        $$"""{ "name": "own-words", "rule": "health", "scope": "downstream", "neighbour": "catalog", "noData": "hold", {{members}} }""";

    private static SignalRule Rule(string signal) =>
        Delivery.Loaded(Delivery.With(t => Add(t, signal))).Definition[Stage.Canary].Gate.Signals.Single(s => s.Name == "own-words").Rule;

    private static IReadOnlyList<Problem> Problems(string signal) => Delivery.ProblemsWith(t => Add(t, signal));

    private static void Add(JsonObject tree, string signal)
    {
        tree["callees"] = new JsonArray("catalog");
        tree["signals"]!.AsArray().Add(JsonNode.Parse(signal));
        foreach (var profile in tree["profiles"]!.AsObject())
        {
            foreach (var stage in new[] { "deployGamma", "canary", "regionWaves" })
            {
                profile.Value!["stages"]![stage]!["signals"]!.AsArray().Add("own-words");
            }
        }
    }
}
