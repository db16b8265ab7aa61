using System.Globalization;
using System.Runtime.Versioning;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Adapters.Tests.Edge;
using Tidegate.Adapters.Tests.LocalCloud;
using Tidegate.Edge;
using Tidegate.Platforms.Local;
using static Tidegate.Adapters.Tests.Edge.EdgeUnderTest;

namespace Tidegate.Adapters.Tests.Platforms;

/// <summary>What a real edge counted, as the gate gets it; on a clock that the test moves.</summary>
[SupportedOSPlatform("linux")]
public sealed class EdgeTrafficTests : IAsyncLifetime
{
    private const string Endpoint = "GET /orders/{id}";

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch + TimeSpan.FromDays(20_000));
    private readonly TestFolder _folder = new();
    private readonly TaskCompletionSource _answer = new();
    private CloudUnderTest _cloud = null!;
    private EdgeUnderTest _edge = null!;
    private AnsweringInstance _instance = null!;

    public async ValueTask InitializeAsync()
    {
        _cloud = CloudUnderTest.NotStarted();
        _edge = await EdgeUnderTest.StartAsync(time: _time);
        _instance = await AnsweringInstance.StartAsync(_folder, "a1", AnswerAsync);
        _edge.Route(Version(A, 10_000, _instance.Instance));
    }

    public async ValueTask DisposeAsync()
    {
        _answer.TrySetResult();
        await _edge.DisposeAsync();
        await _instance.DisposeAsync();
        await _cloud.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task All_that_an_edge_counts_is_read_by_endpoint_and_by_instance()
    {
        await using var control = await EdgeControl.StartAsync(_cloud, _edge.Server);
        await using var platform = LocalPlatformTests.PlatformOf(_cloud);
        foreach (var id in new[] { 1, 2, 404, 500 }) (await _edge.GetAsync($"/orders/{id}")).Dispose();
        await _edge.SeesAsync(p => p.OfVersion(A, "request_duration_seconds_count") == 4);
        var waiting = _edge.GetAsync("/orders/wait");
        await Eventually.IsSoAsync(() => _instance.Seen.Count == 5);
        _time.Advance(TimeSpan.FromSeconds(3));

        var version = (await ReadAsync(platform)).Versions.ShouldHaveSingleItem();
        _answer.SetResult();
        (await waiting).Dispose();

        version.CountingSince.ShouldBe(DateTimeOffset.UnixEpoch + TimeSpan.FromDays(20_000));
        var endpoint = version.Endpoints[Endpoint];
        (endpoint.Requests, endpoint.Errors).ShouldBe((5, 1));
        endpoint.Answers.ShouldBe(new AnswerMix(2, 0, 0, 0, NotFound: 1, 0, ServerError: 1, 0));
        endpoint.Slower.Edges.ShouldBe(LatencyBuckets.Milliseconds);
        (endpoint.SlowerThan(49), endpoint.SlowerThan(55)).ShouldBe((5, 1));
        (endpoint.SlowerThan(2_900), endpoint.SlowerThan(3_200)).ShouldBe((1, 0));
        var instance = version.Instances["a1"];
        (instance.Total.Requests, instance.Total.Errors, instance.Total.SlowerThan(55)).ShouldBe((5, 1, 1));
        instance.Endpoints[Endpoint].ShouldBe(new EventCount(1, 5));
    }

    [Fact]
    public async Task The_hour_before_is_read_window_by_window_and_only_as_far_back_as_asked()
    {
        await using var control = await EdgeControl.StartAsync(_cloud, _edge.Server);
        await using var platform = LocalPlatformTests.PlatformOf(_cloud);
        _time.Advance(TimeSpan.FromSeconds(5));
        foreach (var id in new[] { 1, 500 }) (await _edge.GetAsync($"/orders/{id}")).Dispose();
        await _edge.SeesAsync(p => p.OfVersion(A, "request_duration_seconds_count") == 2);
        _time.Advance(TimeSpan.FromSeconds(10));

        var hour = await HistoryAsync(platform, TimeSpan.FromHours(1));
        var last = await HistoryAsync(platform, TimeSpan.FromSeconds(5));

        hour.Window.ShouldBe(TimeSpan.FromSeconds(5));
        var instance = hour.Instances.ShouldHaveSingleItem();
        (instance.Region, instance.Digest.ToString(), instance.Instance).ShouldBe(("eu-west", A, "a1"));
        instance.Windows.Select(w => (w.Requests, w.Errors, w.Slower.SlowerThan(49), w.Slower.SlowerThan(55)))
            .ShouldBe([(2, 1, 2, 0), (0, 0, 0, 0)]);
        last.Instances[0].Windows.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_edge_that_does_not_know_of_history_tells_none()
    {
        await using var control = await EdgeControl.StartAsync(_cloud, _edge.Server, isOld: true);
        await using var platform = LocalPlatformTests.PlatformOf(_cloud);

        var told = await HistoryAsync(platform, TimeSpan.FromHours(1));

        told.ShouldBeSameAs(TrafficHistory.None);
    }

    [Fact]
    public async Task The_page_of_an_edge_with_100_instances_and_100_endpoints_is_read_whole()
    {
        await using var control = await EdgeControl.StartAsync(_cloud, _edge.Server);
        await using var platform = LocalPlatformTests.PlatformOf(_cloud);
        var instances = Enumerable.Range(1, 100).Select(i => AnsweringInstance.Nobody(_folder, $"a{i}"));
        var endpoints = Enumerable.Range(1, 100).Select(i => $"GET /orders/{{id}}/lines/{i}");
        _edge.Server.Route(new EdgeRouting([Version(A, 10_000, [.. instances])], [.. endpoints]));

        var version = (await ReadAsync(platform)).Versions.ShouldHaveSingleItem();

        version.Endpoints.Count.ShouldBe(101);
        version.Instances.Count.ShouldBe(100);
        version.Instances.Values.ShouldAllBe(i => i.Endpoints.Count == 101);
        (await _edge.MetricsAsync()).Length.ShouldBeLessThan(8_000_000);
    }

    /// <summary>Each answer but the one that waits takes 50 ms.</summary>
    private async Task AnswerAsync(HttpContext context)
    {
        var asked = context.Request.Path.Value!.Split('/')[^1];
        if (asked == "wait") await _answer.Task;
        else _time.Advance(TimeSpan.FromMilliseconds(50));
        if (asked is "404" or "500") context.Response.StatusCode = int.Parse(asked, CultureInfo.InvariantCulture);
        await context.Response.WriteAsync("hello");
    }

    private static async Task<TrafficReading.Counted> ReadAsync(LocalPlatform platform)
    {
        var reading = await platform.ReadAsync("production", TestContext.Current.CancellationToken);
        return reading.ShouldBeOfType<TrafficReading.Counted>();
    }

    private static Task<TrafficHistory> HistoryAsync(LocalPlatform platform, TimeSpan span) =>
        platform.HistoryAsync("production", span, TestContext.Current.CancellationToken);
}
