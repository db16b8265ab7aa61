using System.Net;
using Tidegate.Edge;
using static Tidegate.Adapters.Tests.Edge.EdgeUnderTest;

namespace Tidegate.Adapters.Tests.Edge;

public sealed class WeightTests
{
    [Fact]
    public async Task Requests_are_spread_over_versions_by_their_weights()
    {
        using var folder = new TestFolder();
        await using var a = await AnsweringInstance.StartAsync(folder, "a1");
        await using var b = await AnsweringInstance.StartAsync(folder, "b1");
        await using var edge = await EdgeUnderTest.StartAsync();
        edge.Route(Version(A, 9_000, a.Instance), Version(B, 1_000, b.Instance));

        var counts = await edge.CountVersionsAsync(2_000);

        // 200 expected, a standard deviation of 13.4: four of them to each side.
        counts[EdgeHeaders.Brief(B)].ShouldBeInRange(146, 254);
    }

    [Fact]
    public async Task A_new_weight_holds_for_the_very_next_request()
    {
        using var folder = new TestFolder();
        await using var a = await AnsweringInstance.StartAsync(folder, "a1");
        await using var b = await AnsweringInstance.StartAsync(folder, "b1");
        await using var edge = await EdgeUnderTest.StartAsync();

        for (var i = 0; i < 50; i++)
        {
            edge.Route(Version(A, 10_000, a.Instance), Version(B, 0, b.Instance));
            (await edge.CountVersionsAsync(1)).Keys.ShouldBe([EdgeHeaders.Brief(A)]);
            edge.Route(Version(A, 0, a.Instance), Version(B, 10_000, b.Instance));
            (await edge.CountVersionsAsync(1)).Keys.ShouldBe([EdgeHeaders.Brief(B)]);
        }
    }

    [Fact]
    public async Task A_version_without_weight_gets_no_user_even_when_nobody_else_is_there()
    {
        using var folder = new TestFolder();
        await using var b = await AnsweringInstance.StartAsync(folder, "b1");
        await using var edge = await EdgeUnderTest.StartAsync();
        edge.Route(Version(A, 10_000), Version(B, 0, b.Instance));

        using var response = await edge.GetAsync("/");

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        b.Seen.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_version_whose_instances_are_all_gone_leaves_its_share_to_the_others()
    {
        using var folder = new TestFolder();
        await using var a = await AnsweringInstance.StartAsync(folder, "a1");
        await using var edge = await EdgeUnderTest.StartAsync();
        edge.Route(Version(A, 5_000, a.Instance), Version(B, 5_000));

        (await edge.CountVersionsAsync(20)).ShouldBe(new Dictionary<string, int> { [EdgeHeaders.Brief(A)] = 20 });
    }

    [Fact]
    public async Task A_probe_reaches_a_version_without_weight_and_only_with_the_key()
    {
        using var folder = new TestFolder();
        await using var a = await AnsweringInstance.StartAsync(folder, "a1");
        await using var b = await AnsweringInstance.StartAsync(folder, "b1");
        await using var edge = await EdgeUnderTest.StartAsync();
        edge.Route(Version(A, 10_000, a.Instance), Version(B, 0, b.Instance));

        using var probe = await edge.GetAsync("/", (EdgeHeaders.Version, B), (EdgeHeaders.Probe, ProbeKey));
        using var impostor = await edge.GetAsync("/", (EdgeHeaders.Version, B), (EdgeHeaders.Probe, "not the key"));

        probe.Headers.GetValues(EdgeHeaders.Instance).ShouldBe(["b1"]);
        impostor.Headers.GetValues(EdgeHeaders.Instance).ShouldBe(["a1"]);
    }

    [Fact]
    public async Task Neither_the_probe_key_nor_a_users_claim_about_himself_reaches_an_instance()
    {
        using var folder = new TestFolder();
        await using var a = await AnsweringInstance.StartAsync(folder, "a1");
        await using var edge = await EdgeUnderTest.StartAsync();
        edge.Route(Version(A, 10_000, a.Instance));

        using var response = await edge.GetAsync("/", (EdgeHeaders.Probe, ProbeKey), (EdgeHeaders.Version, A), ("X-Forwarded-For", "203.0.113.9"));

        var headers = a.Seen.ShouldHaveSingleItem().Headers;
        headers.ShouldNotContainKey(EdgeHeaders.Probe);
        headers.ShouldNotContainKey(EdgeHeaders.Version);
        headers["X-Forwarded-For"].ToString().ShouldBe("127.0.0.1");
    }

    [Fact]
    public async Task The_wanted_port_is_kept_when_it_is_free_and_another_one_is_taken_when_not()
    {
        await using var first = await EdgeUnderTest.StartAsync();
        await using var second = await EdgeUnderTest.StartAsync(first.Server.Address.Port);
        var port = second.Server.Address.Port;
        port.ShouldNotBe(first.Server.Address.Port);
        await second.DisposeAsync();

        await using var third = await EdgeUnderTest.StartAsync(port);

        third.Server.Address.Port.ShouldBe(port);
    }
}
