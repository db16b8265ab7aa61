using Tidegate.Signals;
using Tidegate.Testing;

namespace Tidegate.Adapters.Tests.Signals;

/// <summary>What the sources that ask over HTTP have in common.</summary>
public sealed class HttpSourcesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Kinds => ["readiness", "journey", "data", "alerts", "health", "metric of an instance", "metric of an address"];

    /// <summary>FAULTS A18: a check that was cancelled says nothing, least of all that all is well.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_reading_that_is_cancelled_is_no_reading(string kind)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await using var server = StubServer.Raw(async (_, _, token) =>
        {
            await deadline.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
        });

        await Should.ThrowAsync<OperationCanceledException>(() => ReadAsync(kind, server.Address, deadline.Token));
        await Should.ThrowAsync<OperationCanceledException>(() => ReadAsync(kind, server.Address, new CancellationToken(canceled: true)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_login_page_with_200_is_not_taken_for_health(string kind)
    {
        await using var server = StubServer.Text(302, "<html>please log in</html>", "text/html");

        (await ReadAsync(kind, server.Address, Token)).ShouldNotBeOfType<SignalReading.Passed>();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_a_server_says_reaches_our_output_as_one_harmless_line(string kind)
    {
        await using var server = StubServer.Text(500, "no\n::add-mask::x\r##vso[task.complete]\u001b[31m\u202e" + new string('x', 5000));

        var said = await ReadAsync(kind, server.Address, Token) switch
        {
            SignalReading.Failed failed => failed.Because,
            SignalReading.SourceFailed failed => failed.Because,
            var other => throw new InvalidOperationException($"{other}"),
        };

        said.ShouldContain("answered 500");
        said.ShouldNotContain("::");
        said.ShouldNotContain("##vso[");
        said.ShouldAllBe(c => !char.IsControl(c) && c != '\u202e');
        said.Length.ShouldBeLessThan(500);
    }

    [Fact]
    public void Every_rule_that_edges_do_not_count_is_read_by_exactly_one_source()
    {
        var sources = SignalSources.All(TimeProvider.System);
        var rules = new SignalRule[]
        {
            new SignalRule.Liveness(), new SignalRule.MemoryGrowth(1), new SignalRule.Readiness("/"), new SignalRule.Journey([]),
            new SignalRule.Command([]), new SignalRule.Alerts(new Uri("http://127.0.0.1"), []),
            new SignalRule.Data(new("GET", "/", null, 200, null), new("GET", "/", null, 200, null), "id"),
            Some.Metric(new("/metrics", null, null)), new SignalRule.Health(new Uri("http://127.0.0.1")), new SignalRule.Health(null),
        };
        var kinds = typeof(SignalRule).GetNestedTypes().Where(t => t.IsSubclassOf(typeof(SignalRule))).Except([typeof(SignalRule.ErrorRate), typeof(SignalRule.Latency)]);

        rules.Select(r => r.GetType()).Distinct().ShouldBe(kinds, ignoreOrder: true);
        rules.ShouldAllBe(r => sources.Count(s => s.Reads(r)) == 1);
        sources.ShouldAllBe(s => !s.Reads(new SignalRule.ErrorRate(0, 1)) && !s.Reads(new SignalRule.Latency(1, 0, 1)));
    }

    private static Task<SignalReading> ReadAsync(string kind, string address, CancellationToken token)
    {
        var step = new JourneyStep("GET", "/", null, 200, null);
        SignalRule rule = kind switch
        {
            "readiness" => new SignalRule.Readiness("/"),
            "journey" => new SignalRule.Journey([step]),
            "data" => new SignalRule.Data(step, step, "id"),
            "health" => new SignalRule.Health(new Uri(address)),
            "metric of an instance" => Some.Metric(new("/metrics", null, null)),
            "metric of an address" => Some.Metric(new(null, new Uri(address), "version")),
            _ => new SignalRule.Alerts(new Uri(address), []),
        };
        return SignalSources.All(TimeProvider.System).Single(s => s.Reads(rule))
            .ReadAsync(Some.Signal("signal", rule), Observed.Candidate(Observed.Instance(address)), token);
    }
}
