using static Tidegate.Adapters.Tests.Edge.EdgeUnderTest;

namespace Tidegate.Adapters.Tests.Edge;

public sealed class AnswerKindTests
{
    [Theory]
    [InlineData("GET", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", "content")]
    [InlineData("GET", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n", "content")]
    [InlineData("GET", "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhi", "content")]
    [InlineData("GET", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "empty")]
    [InlineData("GET", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "empty")]
    [InlineData("POST", "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n", "empty")]
    [InlineData("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "content")]
    [InlineData("GET", "HTTP/1.1 204 No Content\r\n\r\n", "content")]
    [InlineData("GET", "HTTP/1.1 205 Reset Content\r\nContent-Length: 0\r\n\r\n", "content")]
    [InlineData("GET", "HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n", "redirect")]
    [InlineData("GET", "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n", "denied")]
    [InlineData("GET", "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", "denied")]
    [InlineData("GET", "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "not_found")]
    [InlineData("GET", "HTTP/1.1 422 Unprocessable\r\nContent-Length: 0\r\n\r\n", "rejected")]
    [InlineData("GET", "HTTP/1.1 503 Unavailable\r\nContent-Length: 0\r\n\r\n", "server_error")]
    [InlineData("GET", "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nhi", "no_answer")]
    [InlineData("POST", "", "no_answer")]
    public async Task An_answer_counts_once_and_by_its_kind(string method, string answer, string kind)
    {
        await using var a = new RawInstance("a1", answer);
        await using var edge = await EdgeUnderTest.StartAsync();
        edge.Route(Version(A, 10_000, a.Instance));

        await RawUser.AskAsync(
            edge, $"{method} /orders HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

        var page = await edge.SeesAsync(p => p.OfVersion(A, "answers_total") > 0);
        page.Answers(A, kind).ShouldBe(1);
        page.OfVersion(A, "answers_total").ShouldBe(1);
        page.OfVersion(A, "errors_total").ShouldBe(kind is "server_error" or "no_answer" ? 1 : 0);
        page.OfVersion(A, "client_left_total").ShouldBe(0);
    }

    /// <summary>Its time is that of the upgrade: how long both sides then talk says nothing of the service.</summary>
    [Fact]
    public async Task An_upgraded_connection_is_content_and_as_fast_as_it_was_upgraded()
    {
        const string upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
        await using var a = new RawInstance("a1", "HTTP/1.1 101 Switching Protocols\r\n" + upgrade, thenListens: true);
        await using var edge = await EdgeUnderTest.StartAsync();
        edge.Route(Version(A, 10_000, a.Instance));
        using var user = await RawUser.ComeAsync(edge);

        await user.SendAsync("GET /orders/7 HTTP/1.1\r\nHost: x\r\n" + upgrade);
        var talking = await edge.SeesAsync(p => p.OfVersion(A, "request_duration_seconds_count") == 1);
        await user.SendAsync("!");

        talking.OfVersion(A, "answers_total").ShouldBe(0);
        talking.OfVersion(A, "open_age_seconds_gcount").ShouldBe(0);
        var page = await edge.SeesAsync(p => p.OfVersion(A, "answers_total") > 0);
        page.Answers(A, "content").ShouldBe(1);
        page.OfVersion(A, "errors_total").ShouldBe(0);
        page.OfVersion(A, "request_duration_seconds_count").ShouldBe(1);
    }
}
