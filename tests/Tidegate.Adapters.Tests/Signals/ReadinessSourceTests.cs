using Tidegate.Signals;
using Tidegate.Testing;
using static Tidegate.Adapters.Tests.Signals.Observed;

namespace Tidegate.Adapters.Tests.Signals;

public sealed class ReadinessSourceTests
{
    private static readonly HealthSignal Ready = Some.Signal("ready", new SignalRule.Readiness("/health/ready"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>FAULTS A12: ASP.NET Core answers a degraded service's health with 200.</summary>
    [Theory]
    [InlineData(200, "text/plain", "Healthy", true)]
    [InlineData(200, "text/plain", "Healthy\n", true)]
    [InlineData(200, "text/plain", "Degraded", false)]
    [InlineData(200, "text/plain", "degraded", false)]
    [InlineData(200, "text/plain", "Unhealthy", false)]
    [InlineData(200, "text/plain", "ok", true)]
    [InlineData(200, "application/json", "{\"status\":\"Degraded\"}", false)]
    [InlineData(200, "application/json", "{\"status\":\"UP\"}", true)]
    [InlineData(200, "application/json", "{\"status\":\"DOWN\"}", false)]
    [InlineData(200, "text/html", "<!DOCTYPE html><html><body>Sign in</body></html>", false)]
    [InlineData(503, "text/plain", "Healthy", false)]
    [InlineData(204, "text/plain", "", false)]
    [InlineData(302, "text/plain", "Healthy", false)]
    public async Task Only_200_passes_and_of_the_three_words_only_Healthy(int status, string mediaType, string body, bool passes)
    {
        await using var server = StubServer.Text(status, body, mediaType);

        var reading = await new ReadinessSource().ReadAsync(Ready, Candidate(Instance(server.Address)), Token);

        (reading is SignalReading.Passed).ShouldBe(passes);
        server.Requests.ShouldBe(["GET /health/ready HTTP/1.1\n"]);
    }

    [Theory]
    [InlineData("all good", "good", null, null, null)]
    [InlineData("all lost", "good", null, null, "answered 200 'all lost', wanted 'good' in it")]
    [InlineData("{\"status\":\"DOWN\",\"up\":[true]}", null, "$.up[0]", "true", null)]
    [InlineData("{\"status\":\"UP\",\"up\":[false]}", null, "$.up[0]", "true", "answered 200 'false', wanted 'true' at $.up[0]")]
    public async Task What_is_declared_to_be_healthy_counts_alone(string body, string? contains, string? json, string? value, string? failure)
    {
        await using var server = StubServer.Text(200, body, "text/html");
        var signal = Some.Signal("ready", new SignalRule.Readiness("/health/ready", new(contains, json, value)));

        var reading = await new ReadinessSource().ReadAsync(signal, Candidate(Instance(server.Address, id: "a")), Token);

        reading.ShouldBe(failure is null ? new SignalReading.Passed() : new SignalReading.Failed($"a: GET /health/ready {failure}"));
    }

    [Fact]
    public async Task Every_instance_is_asked_and_the_bad_one_is_named()
    {
        await using var good = StubServer.Text(200, "Healthy");
        await using var bad = StubServer.Text(200, "Degraded", unix: true);

        var reading = await new ReadinessSource().ReadAsync(
            Ready,
            Target(Region("eu-west", Version(New, Instance(good.Address, id: "a"))), Region("us-east", Version(New, Instance(bad.Address, id: "b")))),
            Token);

        reading.ShouldBe(new SignalReading.Failed("b: GET /health/ready answered 200 'Degraded', wanted 'Healthy'"));
    }

    [Fact]
    public async Task The_running_version_is_not_asked()
    {
        await using var server = StubServer.Text(500, "");

        (await new ReadinessSource().ReadAsync(Ready, Target(Region("eu-west", Version(Old, Instance(server.Address)))) with { WantedIn = [] }, Token)).ShouldBe(new SignalReading.Passed());
        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nobody_to_ask_where_an_instance_is_wanted_is_no_data()
    {
        await using var server = StubServer.Text(200, "Healthy");
        var half = Target(Region("eu-west", Version(New, Instance(server.Address))), Region("us-east", Version(Old, Instance(server.Address)))) with { WantedIn = ["eu-west", "us-east"] };

        (await new ReadinessSource().ReadAsync(Ready, Target(), Token)).ShouldBe(new SignalReading.NoData("no instance of the candidate is there"));
        (await new ReadinessSource().ReadAsync(Ready, half, Token)).ShouldBe(new SignalReading.NoData("no instance of the candidate is there in us-east"));
    }

    [Fact]
    public async Task An_instance_without_an_address_fails_unless_it_was_told_to_go()
    {
        (await new ReadinessSource().ReadAsync(Ready, Candidate(Instance(null, InstanceState.Starting)), Token))
            .ShouldBe(new SignalReading.Failed("orders-1 has no address; it is Starting"));
        (await new ReadinessSource().ReadAsync(Ready, Candidate(Instance(null, InstanceState.Draining)), Token)).ShouldBe(new SignalReading.Passed());
    }

    [Fact]
    public async Task No_answer_fails() =>
        (await new ReadinessSource().ReadAsync(Ready, Candidate(Instance("unix:/nowhere.sock"), Instance("unix:/nowhere.sock")), Token))
            .ShouldBeOfType<SignalReading.Failed>().Because.ShouldStartWith("2 of 2 instances; the first: orders-1: GET /health/ready got no answer: ");

    [Fact]
    public async Task One_that_never_answers_does_not_hide_that_others_fail()
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await using var silent = StubServer.Raw((_, _, _) => deadline.CancelAsync());
        var broken = Enumerable.Range(1, 9).Select(i => Instance("nowhere", id: $"orders-{i}"));

        var reading = await new ReadinessSource().ReadAsync(Ready, Candidate([.. broken, Instance(silent.Address, id: "orders-10")]), deadline.Token);

        reading.ShouldBeOfType<SignalReading.Failed>().Because.ShouldContain("GET /health/ready got no answer: 'nowhere/health/ready' is no address");
    }

    [Fact]
    public async Task A_deadline_that_passes_while_nothing_is_known_to_be_wrong_is_no_failure()
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await using var good = StubServer.Text(200, "Healthy");
        await using var silent = StubServer.Raw((_, _, _) => deadline.CancelAsync());

        await Should.ThrowAsync<OperationCanceledException>(() => new ReadinessSource().ReadAsync(Ready, Candidate(Instance(good.Address), Instance(silent.Address)), deadline.Token));
    }
}
