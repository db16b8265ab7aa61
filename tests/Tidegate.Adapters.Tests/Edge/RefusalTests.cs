using System.Net;
using static Tidegate.Adapters.Tests.Edge.EdgeUnderTest;

namespace Tidegate.Adapters.Tests.Edge;

/// <summary>What the edge itself refuses is no version's request, and so none of its errors.</summary>
public sealed class RefusalTests
{
    private const long Beyond = 31_000_000;

    [Theory]
    [InlineData("hello\r\n\r\n", "HTTP/1.1 400", "malformed")]
    [InlineData("GET /orders/7 HTTP/1.1\r\n\r\n", "HTTP/1.1 400", "malformed")]
    [InlineData("CONNECT x:443 HTTP/1.1\r\nHost: x:443\r\nConnection: close\r\n\r\n", "HTTP/1.1 501", "not_forwardable")]
    public async Task A_request_that_cannot_be_sent_on(string request, string answer, string reason)
    {
        using var folder = new TestFolder();
        await using var a = await AnsweringInstance.StartAsync(folder, "a1");
        await using var edge = await EdgeUnderTest.StartAsync();
        edge.Route(Version(A, 10_000, a.Instance));

        (await RawUser.AskAsync(edge, request)).ShouldStartWith(answer);

        IsRefused(await edge.SeesAsync(p => p.Sum("refused_total") > 0), reason);
        a.Seen.ShouldBeEmpty();
    }

    [Fact]
    public async Task Headers_beyond_the_limit()
    {
        using var folder = new TestFolder();
        await using var a = await AnsweringInstance.StartAsync(folder, "a1");
        await using var edge = await EdgeUnderTest.StartAsync();
        edge.Route(Version(A, 10_000, a.Instance));

        using var answer = await edge.GetAsync("/orders/7", ("X-Long", new string('x', 100_000)));

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestHeaderFieldsTooLarge);
        IsRefused(await edge.SeesAsync(p => p.Sum("refused_total") > 0), "malformed");
    }

    [Fact]
    public async Task A_body_beyond_the_limit()
    {
        using var folder = new TestFolder();
        await using var a = await AnsweringInstance.StartAsync(folder, "a1");
        await using var edge = await EdgeUnderTest.StartAsync();
        edge.Route(Version(A, 10_000, a.Instance));

        var answer = await RawUser.AskAsync(
            edge, $"POST /orders HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {Beyond}\r\n\r\n");

        answer.ShouldStartWith("HTTP/1.1 413");
        IsRefused(await edge.SeesAsync(p => p.Sum("refused_total") > 0), "too_large");
        a.Seen.ShouldBeEmpty();
    }

    /// <summary>Its length is not known before an instance has got a part of it.</summary>
    [Fact]
    public async Task A_body_of_untold_length_beyond_the_limit_is_no_error_of_the_version()
    {
        using var folder = new TestFolder();
        await using var a = await AnsweringInstance.StartAsync(
            folder, "a1", context => context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted));
        await using var edge = await EdgeUnderTest.StartAsync();
        edge.Route(Version(A, 10_000, a.Instance));
        using var user = await RawUser.ComeAsync(edge);
        await user.SendAsync("POST /orders HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
        await user.SendAsync($"{Beyond:x}\r\n" + new string('x', (int)Beyond) + "\r\n0\r\n\r\n");

        var page = await edge.SeesAsync(p => p.Refused("too_large") > 0);

        page.OfVersion(A, "errors_total").ShouldBe(0);
        page.OfVersion(A, "answers_total").ShouldBe(0);
        page.Sum("user_errors_total").ShouldBe(0);
    }

    [Fact]
    public async Task A_request_for_which_no_instance_is_ready_is_an_error_that_users_see_and_no_version_has()
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        edge.Route(Version(A, 10_000));

        using var answer = await edge.GetAsync("/orders/1");

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        var page = await edge.SeesAsync(p => p.Sum("user_errors_total", ("endpoint", "GET /orders/{id}")) == 1);
        IsRefused(page, "no_instance");
        page.Sum("user_requests_total").ShouldBe(1);
    }

    private static void IsRefused(EdgePage page, string reason)
    {
        page.Refused(reason).ShouldBe(1);
        page.Sum("refused_total").ShouldBe(1);
        page.Sum("requests_total").ShouldBe(0);
        page.Sum("errors_total").ShouldBe(0);
    }
}
