using Tidegate.Signals;
using Tidegate.Testing;
using static Tidegate.Adapters.Tests.Signals.Observed;

namespace Tidegate.Adapters.Tests.Signals;

/// <summary>FAULTS.md A3, A7, A8, A10, A15: what a text of metrics does not plainly tell is not told.</summary>
public sealed class MetricSourceTests
{
    private static readonly HealthSignal Calls = Some.Calls;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Counters_of_every_ready_instance_of_every_version_are_told_by_region()
    {
        await using var fresh = StubServer.Text(200, Text(3, 50));
        await using var old = StubServer.Text(200, Text(1, 900), unix: true);
        var target = Target(
            Region("eu", Version(New, Instance(fresh.Address, id: "n"), Instance(null, InstanceState.Starting, "m")), Version(Old, Instance(old.Address, id: "o"), Instance(null, InstanceState.Draining, "p"))));

        Edges(await ReadAsync(target)).ShouldBe([new CountedEdge("n", "eu", New, new(3, 50)), new CountedEdge("o", "eu", Old, new(1, 900))]);
        fresh.Requests.ShouldBe(["GET /metrics HTTP/1.1\n"]);
    }

    public static TheoryData<string, string, string> Bodies => new()
    {
        { "", "noData", "there is no failed_calls_total{peer=\"catalog\"}" },
        { "calls_total{peer=\"catalog\"} 5\n", "noData", "there is no failed_calls_total" },
        { Text(0, 5).Replace("catalog", "catalogue", StringComparison.Ordinal), "noData", "there is no" },
        { "calls_total{peer=\"catalog\"} NaN\nfailed_calls_total{peer=\"catalog\"} 0\n", "noData", "calls_total{peer=\"catalog\"} is not a finite number" },
        { "calls_total{peer=\"catalog\"} 5\nfailed_calls_total{peer=\"catalog\"} +Inf\n", "noData", "is not a finite number" },
        { "calls_total{peer=\"catalog\"} -1\nfailed_calls_total{peer=\"catalog\"} 0\n", "failed", "is -1, which is no count" },
        { "calls_total{peer=\"catalog\",a=\"1\"} 5\ncalls_total{peer=\"catalog\",a=\"2\"} 5\nfailed_calls_total{peer=\"catalog\"} 0\n", "failed", "2 series match calls_total" },
        { Text(0, 5)[..^3], "failed", "answered no metrics" },
        { "<html>please log in</html>", "failed", "answered no metrics" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task An_absent_series_is_no_data_and_an_ambiguous_or_broken_one_an_error(string body, string kind, string because)
    {
        await using var server = StubServer.Text(200, body);

        var reading = await ReadAsync(Candidate(Instance(server.Address)));

        (kind == "noData" ? (reading as SignalReading.NoData)?.Because : (reading as SignalReading.SourceFailed)?.Because).ShouldNotBeNull($"{reading}").ShouldContain(because);
    }

    [Fact]
    public async Task Several_series_are_summed_only_where_that_is_declared_and_in_any_order()
    {
        string[] lines = ["calls_total{peer=\"catalog\",a=\"1\"} 5", "calls_total{peer=\"catalog\",a=\"2\"} 7", "failed_calls_total{peer=\"catalog\"} 1"];
        var rule = (SignalRule.Metric)Calls.Rule;
        var summed = Calls with { Rule = rule with { Exposures = rule.Exposures with { Sum = true } } };
        foreach (var text in new[] { lines, [.. lines.Reverse()] })
        {
            await using var server = StubServer.Text(200, string.Join('\n', text) + "\n");
            Edges(await ReadAsync(Candidate(Instance(server.Address)), summed)).Single().Count.ShouldBe(new EventCount(1, 12));
        }
    }

    /// <summary>orders-metrics.txt is what a running Orders answered to <c>GET /metrics</c>; its catalog was switched off.</summary>
    [Fact]
    public async Task What_prometheus_net_writes_is_read()
    {
        await using var orders = StubServer.Text(200, await File.ReadAllTextAsync(Repository.File("tests", "Tidegate.Adapters.Tests", "Signals", "orders-metrics.txt"), Token));
        var rule = new SignalRule.Metric(new("/metrics", null, null), Series("dependency_calls_failed_total"), Series("dependency_calls_total"), 0.01, 1.5, 5);

        Edges(await ReadAsync(Candidate(Instance(orders.Address)), Calls with { Rule = rule })).Single().Count.ShouldBe(new EventCount(2, 2));
    }

    private static MetricSeries Series(string name) => new(name, new Dictionary<string, string> { ["peer"] = "catalog" }, Sum: false);

    [Fact]
    public async Task One_instance_that_does_not_answer_spoils_the_whole_reading()
    {
        await using var good = StubServer.Text(200, Text(0, 5));

        var reading = await ReadAsync(Target(Region("eu", Version(New, Instance(good.Address)), Version(Old, Instance("unix:/nowhere.sock", id: "o")))));

        reading.ShouldBeOfType<SignalReading.SourceFailed>().Because.ShouldStartWith("o: GET /metrics got no answer");
    }

    [Fact]
    public async Task A_running_version_that_does_not_know_the_counter_yet_is_none_to_compare_with()
    {
        await using var fresh = StubServer.Text(200, Text(0, 5));
        await using var old = StubServer.Text(200, "other_total 1\n");

        Edges(await ReadAsync(Target(Region("eu", Version(New, Instance(fresh.Address)), Version(Old, Instance(old.Address, id: "o")))))).Single().Version.ShouldBe(New);
    }

    [Fact]
    public async Task A_candidate_without_a_ready_instance_tells_nothing() =>
        (await ReadAsync(Candidate(Instance(null, InstanceState.Starting)))).ShouldBeOfType<SignalReading.NoData>();

    [Fact]
    public async Task Where_nothing_runs_there_is_nothing_to_tell_only_if_nothing_is_wanted()
    {
        (await ReadAsync(Target())).ShouldBe(new SignalReading.NoData("no instance of the candidate is there"));
        (await ReadAsync(Target() with { WantedIn = [] })).ShouldBe(new SignalReading.Passed());
    }

    [Fact]
    public async Task A_caller_tells_versions_apart_by_a_label()
    {
        await using var caller = StubServer.Text(200, Versions((New.ToString(), 2, 30), (Old.Hex, 1, 500), (Some.Digest("older").ToString(), 9, 9)));

        Edges(await ReadAsync(Target(Region("eu", Version(New), Version(Old))), By(caller, "version")))
            .Select(e => (e.Version, e.Count)).ShouldBe([(New, new EventCount(2, 30)), (Old, new EventCount(1, 500))]);
    }

    [Fact]
    public async Task A_caller_that_names_no_version_of_a_series_or_not_the_candidate_is_not_believed()
    {
        await using var nameless = StubServer.Text(200, Versions(("", 2, 30)));
        await using var other = StubServer.Text(200, Versions((Old.Hex, 2, 30)));

        (await ReadAsync(Target(Region("eu", Version(New))), By(nameless, "version"))).ShouldBeOfType<SignalReading.SourceFailed>().Because.ShouldContain("has no 'version', so it names no version");
        (await ReadAsync(Target(Region("eu", Version(New))), By(other, "version"))).ShouldBeOfType<SignalReading.NoData>().Because.ShouldEndWith("for " + New.Brief);
    }

    [Fact]
    public async Task A_caller_without_such_a_label_tells_of_no_version()
    {
        await using var caller = StubServer.Text(200, Text(2, 30));

        Edges(await ReadAsync(Target(), By(caller, null))).ShouldHaveSingleItem().Version.ShouldBeNull();
    }

    private static string Text(int failed, int calls) => $"# TYPE calls_total counter\ncalls_total{{peer=\"catalog\"}} {calls}\nfailed_calls_total{{peer=\"catalog\"}} {failed}\n";

    private static string Versions(params (string Version, int Failed, int Calls)[] all) => string.Concat(all.Select(a =>
        $"calls_total{{peer=\"catalog\",version=\"{a.Version}\"}} {a.Calls}\nfailed_calls_total{{peer=\"catalog\",version=\"{a.Version}\"}} {a.Failed}\n"));

    private static HealthSignal By(StubServer server, string? label) => Calls with { Scope = SignalScope.Upstream, Rule = Some.Metric(new(null, new Uri(server.Address + "/metrics"), label)) };

    private static IReadOnlyList<CountedEdge> Edges(SignalReading reading) => reading.ShouldBeOfType<SignalReading.Counted>().Edges;

    private static Task<SignalReading> ReadAsync(Tidegate.Engine.SignalTarget target, HealthSignal? signal = null) => new MetricSource().ReadAsync(signal ?? Calls, target, Token);
}
