using static Tidegate.Adapters.Tests.Edge.EdgeUnderTest;

namespace Tidegate.Adapters.Tests.Edge;

/// <summary>What users and services say to each other passes as it is.</summary>
public sealed class PassThroughTests
{
    private const string Answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n";

    /// <summary>José in UTF-8 and in Latin-1, as browsers and old programs send it.</summary>
    [Theory]
    [InlineData("Cookie: name=Jos\u00c3\u00a9")]
    [InlineData("Cookie: name=Jos\u00e9")]
    [InlineData("X-Name: \u00ff\u0080")]
    public async Task Header_bytes_above_ascii_reach_the_instance_unchanged(string header)
    {
        await using var a = new RawInstance("a1", Answer + "\r\nhi");
        await using var edge = await EdgeUnderTest.StartAsync();
        edge.Route(Version(A, 10_000, a.Instance));

        var answer = await RawUser.AskAsync(
            edge, $"GET /orders/7 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{header}\r\n\r\n");

        answer.ShouldStartWith("HTTP/1.1 200");
        a.Head.ShouldContain($"\r\n{header}\r\n");
        (await edge.SeesAsync(p => p.Sum("user_requests_total") == 1)).OfVersion(A, "errors_total").ShouldBe(0);
    }

    [Theory]
    [InlineData("X-Name: Jos\u00c3\u00a9")]
    [InlineData("X-Name: Jos\u00e9")]
    public async Task Header_bytes_above_ascii_reach_the_user_unchanged(string header)
    {
        await using var a = new RawInstance("a1", $"{Answer}{header}\r\n\r\nhi");
        await using var edge = await EdgeUnderTest.StartAsync();
        edge.Route(Version(A, 10_000, a.Instance));

        var answer = await RawUser.AskAsync(edge, "GET /orders/7 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        answer.ShouldStartWith("HTTP/1.1 200");
        answer.ShouldContain($"\r\n{header}\r\n");
    }

    [Theory]
    [InlineData("/a%2Fb")]
    [InlineData("/a%252Fb")]
    [InlineData("/%ff")]
    [InlineData("//x")]
    [InlineData("/a//b/")]
    [InlineData("/%41/%7e?q=%41%20+b&&c=[]")]
    [InlineData("/a/../b/./c")]
    [InlineData("/?")]
    [InlineData("/a?b#c")]
    [InlineData("/a\\b|c")]
    public async Task The_target_reaches_the_instance_byte_for_byte(string target)
    {
        await using var a = new RawInstance("a1", Answer + "\r\nhi");
        await using var edge = await EdgeUnderTest.StartAsync();
        edge.Route(Version(A, 10_000, a.Instance));

        var answer = await RawUser.AskAsync(edge, $"GET {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        answer.ShouldStartWith("HTTP/1.1 200");
        a.Head.ShouldStartWith($"GET {target} HTTP/1.1\r\n");
    }

    /// <summary>As a proxy is asked: what it names is no place to send the request to.</summary>
    [Theory]
    [InlineData("http://elsewhere.example/a%2Fb?c=%41", "/a%2Fb?c=%41")]
    [InlineData("http://elsewhere.example", "/")]
    [InlineData("http://elsewhere.example?c", "/?c")]
    public async Task A_target_with_a_host_goes_to_the_instance_that_was_picked(string target, string path)
    {
        await using var a = new RawInstance("a1", Answer + "\r\nhi");
        await using var edge = await EdgeUnderTest.StartAsync();
        edge.Route(Version(A, 10_000, a.Instance));

        var answer = await RawUser.AskAsync(
            edge, $"GET {target} HTTP/1.1\r\nHost: elsewhere.example\r\nConnection: close\r\n\r\n");

        answer.ShouldStartWith("HTTP/1.1 200");
        a.Head.ShouldStartWith($"GET {path} HTTP/1.1\r\n");
    }

    [Fact]
    public async Task An_encoded_path_is_counted_under_the_endpoint_that_it_means()
    {
        using var folder = new TestFolder();
        await using var a = await AnsweringInstance.StartAsync(folder, "a1");
        await using var edge = await EdgeUnderTest.StartAsync();
        edge.Route(Version(A, 10_000, a.Instance));

        await RawUser.AskAsync(edge, "GET /%6frders/7 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        (await edge.PageAsync()).Sum("requests_total", ("version", A), ("endpoint", "GET /orders/{id}")).ShouldBe(1);
    }
}
