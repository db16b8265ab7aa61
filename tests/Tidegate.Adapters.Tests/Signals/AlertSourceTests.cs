using Tidegate.Signals;
using Tidegate.Testing;

namespace Tidegate.Adapters.Tests.Signals;

public sealed class AlertSourceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_empty_list_passes_and_the_filters_are_sent_escaped()
    {
        await using var server = StubServer.Of(_ => (200, " [] "));

        (await ReadAsync(server)).ShouldBe(new SignalReading.Passed());
        server.Requests.ShouldBe(["GET /api/v2/alerts?active=true&silenced=false&filter=service%3D%22orders%22&filter=severity%3D~%22page%7Cticket%22 HTTP/1.1\n"]);
    }

    [Fact]
    public async Task Alerts_fail_by_name()
    {
        await using var server = StubServer.Of(_ => (200, """[{"labels":{"alertname":"SlowOrders"}},{"labels":{"alertname":"DeadOrders"}},{"labels":{"alertname":"SlowOrders","pod":"2"}}]"""));

        (await ReadAsync(server)).ShouldBe(new SignalReading.Failed("firing: DeadOrders, SlowOrders"));
    }

    /// <summary>FAULTS A15: whatever is not a list of alerts is no answer, never "no alerts".</summary>
    [Theory]
    [InlineData(200, "")]
    [InlineData(200, "{}")]
    [InlineData(200, "null")]
    [InlineData(200, "[")]
    [InlineData(200, "[],")]
    [InlineData(200, "[1]")]
    [InlineData(200, "[{}]")]
    [InlineData(200, "[[]]")]
    [InlineData(200, """[{"labels":{}}]""")]
    [InlineData(200, """[{"labels":{"alertname":7}}]""")]
    [InlineData(200, """[{"labels":{"alertname":null}}]""")]
    [InlineData(200, """[{"labels":{"alertname":"a","alertname":"b"}}]""")]
    [InlineData(200, "<html>please log in</html>")]
    [InlineData(500, "[]")]
    [InlineData(302, "[]")]
    [InlineData(429, "[]")]
    public async Task Anything_else_is_no_answer(int status, string body)
    {
        await using var server = StubServer.Of(_ => (status, body));

        (await ReadAsync(server)).ShouldBeOfType<SignalReading.SourceFailed>();
    }

    [Fact]
    public async Task Deep_nesting_is_no_answer()
    {
        await using var server = StubServer.Of(_ => (200, new string('[', 65) + new string(']', 65)));

        (await ReadAsync(server)).ShouldBeOfType<SignalReading.SourceFailed>();
    }

    private static Task<SignalReading> ReadAsync(StubServer server) => new AlertSource().ReadAsync(
        Some.Signal("alerts", new SignalRule.Alerts(new Uri(server.Address), ["service=\"orders\"", "severity=~\"page|ticket\""])),
        Observed.Candidate(),
        Token);
}
