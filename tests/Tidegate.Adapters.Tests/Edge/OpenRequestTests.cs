using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using static Tidegate.Adapters.Tests.Edge.EdgeUnderTest;

namespace Tidegate.Adapters.Tests.Edge;

/// <summary>On a clock that the test moves: a request that has no answer yet is as slow as it is old.</summary>
public sealed class OpenRequestTests
{
    private const string Endpoint = "GET /orders/{id}";

    [Fact]
    public async Task A_request_that_is_open_counts_beyond_each_edge_that_it_has_passed_and_once_only()
    {
        using var folder = new TestFolder();
        var time = new FakeTimeProvider();
        var arrived = new TaskCompletionSource();
        var answer = new TaskCompletionSource();
        await using var slow = await AnsweringInstance.StartAsync(folder, "a1", async context =>
        {
            arrived.SetResult();
            await answer.Task;
            await context.Response.WriteAsync("at last");
        });
        await using var edge = await EdgeUnderTest.StartAsync(time: time);
        edge.Route(Version(A, 10_000, slow.Instance));
        var waiting = edge.GetAsync("/orders/7");
        await arrived.Task.WaitAsync(TestContext.Current.CancellationToken);

        (await edge.PageAsync()).Beyond(A, Endpoint, 0.0005).ShouldBe(0);

        time.Advance(TimeSpan.FromSeconds(2));
        var after2 = await edge.PageAsync();
        (after2.Beyond(A, Endpoint, 1.9), after2.Beyond(A, Endpoint, 2.2)).ShouldBe((1, 0));
        after2.OfInstance("a1", "instance_open_age_seconds_gcount").ShouldBe(1);
        after2.OfInstance("a1", "instance_open_age_seconds_gsum").ShouldBe(2);

        time.Advance(TimeSpan.FromSeconds(3));
        var after5 = await edge.PageAsync();
        (after5.Beyond(A, Endpoint, 4.7), after5.Beyond(A, Endpoint, 5.3)).ShouldBe((1, 0));
        after5.Beyond(A, Endpoint, 1.9).ShouldBe(1);

        answer.SetResult();
        (await waiting).StatusCode.ShouldBe(HttpStatusCode.OK);
        var ended = await edge.SeesAsync(p => p.OfVersion(A, "request_duration_seconds_count") == 1);
        (ended.Beyond(A, Endpoint, 4.7), ended.Beyond(A, Endpoint, 5.3)).ShouldBe((1, 0));
        ended.OfVersion(A, "request_duration_seconds_sum").ShouldBe(5);
    }

    [Fact]
    public async Task A_version_that_comes_back_after_it_was_forgotten_says_that_it_began_anew()
    {
        var time = new FakeTimeProvider();
        await using var edge = await EdgeUnderTest.StartAsync(time: time);
        edge.Route(Version(A, 10_000));
        var first = await edge.PageAsync();

        time.Advance(TimeSpan.FromSeconds(1));
        edge.Route(Version(A, 10_000), Version(B, 0));
        var same = await edge.PageAsync();
        foreach (var n in Enumerable.Range(10, 30))
            edge.Route(Version("sha256:" + string.Concat(Enumerable.Repeat($"{n}", 32)), 10_000));
        edge.Route(Version(A, 10_000));
        var anew = await edge.PageAsync();

        same.OfVersion(A, "counting_since_seconds").ShouldBe(first.OfVersion(A, "counting_since_seconds"));
        same.OfVersion(B, "counting_since_seconds").ShouldBe(first.OfVersion(A, "counting_since_seconds") + 1);
        anew.OfVersion(A, "counting_since_seconds").ShouldBe(first.OfVersion(A, "counting_since_seconds") + 1);
        var created = anew.Sum("requests_created", ("version", A), ("endpoint", "other"));
        created.ShouldBe(time.GetUtcNow().ToUnixTimeSeconds());
    }
}
