using System.Net;
using Microsoft.AspNetCore.Http;
using static Tidegate.Adapters.Tests.Edge.EdgeUnderTest;

namespace Tidegate.Adapters.Tests.Edge;

public sealed class RetryTests
{
    [Fact]
    public async Task A_get_whose_instance_breaks_off_is_answered_by_another_one()
    {
        using var folder = new TestFolder();
        await using var broken = await AnsweringInstance.StartAsync(folder, "a1", BreakOff);
        await using var sound = await AnsweringInstance.StartAsync(folder, "a2");
        await using var edge = await EdgeUnderTest.StartAsync();
        edge.Route(Version(A, 10_000, broken.Instance, sound.Instance));

        for (var i = 0; i < 20; i++)
        {
            using var response = await edge.GetAsync("/orders/7");
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
            response.Headers.GetValues("x-tidegate-instance").ShouldBe(["a2"]);
        }

        broken.Seen.ShouldNotBeEmpty();
        var page = await edge.SeesAsync(p => p.Sum("user_requests_total") == 20);
        page.OfVersion(A, "requests_total").ShouldBe(20);
        page.OfVersion(A, "errors_total").ShouldBe(broken.Seen.Count);
        page.OfVersion(A, "retried_total").ShouldBe(broken.Seen.Count);
        page.Sum("user_errors_total").ShouldBe(0);
    }

    [Theory]
    [InlineData("POST", "{}")]
    [InlineData("POST", "")]
    [InlineData("POST", null)]
    [InlineData("DELETE", null)]
    public async Task A_request_that_may_have_had_its_effect_is_not_sent_twice(string method, string? text)
    {
        using var folder = new TestFolder();
        await using var broken = await AnsweringInstance.StartAsync(folder, "a1", BreakOff);
        await using var sound = await AnsweringInstance.StartAsync(folder, "b1");
        await using var edge = await EdgeUnderTest.StartAsync();
        edge.Route(Version(A, 10_000, broken.Instance), Version(B, 0, sound.Instance));
        using var request = new HttpRequestMessage(new HttpMethod(method), "/orders");
        if (text is not null) request.Content = new StringContent(text);

        using var response = await edge.User.SendAsync(request, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        broken.Seen.Count.ShouldBe(1);
        sound.Seen.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_post_that_never_left_goes_to_another_instance_with_its_whole_body()
    {
        using var folder = new TestFolder();
        var received = new List<string>();
        await using var sound = await AnsweringInstance.StartAsync(folder, "a2", async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            received.Add(await reader.ReadToEndAsync());
        });
        await using var edge = await EdgeUnderTest.StartAsync();
        edge.Route(Version(A, 10_000, AnsweringInstance.Nobody(folder, "a1"), sound.Instance));

        for (var i = 0; i < 20; i++)
        {
            using var body = new StringContent("""{"item":1}""");
            using var response = await edge.User.PostAsync("/orders", body, TestContext.Current.CancellationToken);
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        received.Count.ShouldBe(20);
        received.ShouldAllBe(r => r == """{"item":1}""");
    }

    [Fact]
    public async Task When_no_other_instance_is_there_the_failure_is_told_and_counted_once()
    {
        using var folder = new TestFolder();
        await using var broken = await AnsweringInstance.StartAsync(folder, "a1", BreakOff);
        await using var edge = await EdgeUnderTest.StartAsync();
        edge.Route(Version(A, 10_000, broken.Instance));

        using var response = await edge.GetAsync("/orders/7");

        response.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        var page = await edge.SeesAsync(p => p.Sum("user_errors_total") == 1);
        page.OfVersion(A, "requests_total").ShouldBe(1);
        page.OfVersion(A, "errors_total").ShouldBe(1);
        page.OfVersion(A, "retried_total").ShouldBe(0);
    }

    private static Task BreakOff(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }
}
