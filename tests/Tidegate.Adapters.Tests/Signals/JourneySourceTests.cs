using Tidegate.Signals;
using Tidegate.Testing;
using static Tidegate.Adapters.Tests.Signals.Observed;

namespace Tidegate.Adapters.Tests.Signals;

public sealed class JourneySourceTests
{
    private static readonly HealthSignal Journey = Some.Signal("journey", new SignalRule.Journey(
    [
        new("GET", "/products", null, 200, "tea"),
        new("POST", "/orders", "{\"product\":1}", 201, null),
    ]));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_steps_are_walked_in_order()
    {
        await using var server = StubServer.Of(r => r.StartsWith("GET", StringComparison.Ordinal) ? (200, "[\"tea\"]") : (201, "{}"));

        (await new JourneySource().ReadAsync(Journey, Candidate(Instance(server.Address)), Token)).ShouldBe(new SignalReading.Passed());

        server.Requests.ShouldBe(["GET /products HTTP/1.1\n", "POST /orders HTTP/1.1\n{\"product\":1}"]);
    }

    [Fact]
    public async Task The_first_step_that_goes_wrong_is_named_and_ends_the_walk()
    {
        await using var server = StubServer.Of(_ => (500, "out of tea"));

        (await new JourneySource().ReadAsync(Journey, Candidate(Instance(server.Address)), Token))
            .ShouldBe(new SignalReading.Failed("eu-west, orders-1, step 1 of 2: GET /products answered 500 'out of tea', wanted 200"));
        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_right_status_with_the_wrong_content_fails()
    {
        await using var server = StubServer.Of(_ => (200, "<html>please log in</html>"));

        (await new JourneySource().ReadAsync(Journey, Candidate(Instance(server.Address)), Token))
            .ShouldBe(new SignalReading.Failed("eu-west, orders-1, step 1 of 2: GET /products answered 200 '<html>please log in</html>', wanted it to contain 'tea'"));
    }

    [Fact]
    public async Task Instances_take_turns_and_each_region_has_one_of_its_own()
    {
        await using var one = StubServer.Of(r => r.StartsWith("GET", StringComparison.Ordinal) ? (200, "tea") : (201, ""));
        await using var two = StubServer.Of(r => r.StartsWith("GET", StringComparison.Ordinal) ? (200, "tea") : (201, ""));
        await using var far = StubServer.Of(r => r.StartsWith("GET", StringComparison.Ordinal) ? (200, "tea") : (201, ""));
        var source = new JourneySource();
        var target = Target(Region("eu-west", Version(New, Instance(one.Address), Instance(two.Address))), Region("us-east", Version(New, Instance(far.Address))));

        for (var i = 0; i < 4; i++) (await source.ReadAsync(Journey, target, Token)).ShouldBe(new SignalReading.Passed());

        (one.Requests.Count, two.Requests.Count, far.Requests.Count).ShouldBe((4, 4, 8));
    }

    [Fact]
    public async Task Without_a_ready_instance_of_the_candidate_there_is_nothing_to_say()
    {
        await using var server = StubServer.Of(_ => (200, "tea"));
        var target = Target(Region("eu-west", Version(Old, Instance(server.Address)), Version(New, Instance(server.Address, InstanceState.Starting))));

        (await new JourneySource().ReadAsync(Journey, target, Token)).ShouldBeOfType<SignalReading.NoData>();
        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_region_that_never_answers_does_not_hide_that_others_fail()
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await using var silent = StubServer.Raw((_, _, _) => deadline.CancelAsync());
        var broken = Enumerable.Range(1, 9).Select(i => Region($"r{i}", Version(New, Instance("nowhere"))));

        var reading = await new JourneySource().ReadAsync(Journey, Target([.. broken, Region("us-east", Version(New, Instance(silent.Address)))]), deadline.Token);

        reading.ShouldBeOfType<SignalReading.Failed>().Because.ShouldContain("orders-1, step 1 of 2: GET /products got no answer");
    }
}
