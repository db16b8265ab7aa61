using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Tidegate.LocalCloud.Contract;
using static Tidegate.Adapters.Tests.Edge.EdgeUnderTest;

namespace Tidegate.Adapters.Tests.Edge;

/// <summary>The last hour of each instance, on a clock that the test moves.</summary>
public sealed class HistoryTests
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Each_window_has_what_began_failed_and_took_long_in_it_and_a_quiet_one_has_nothing()
    {
        using var folder = new TestFolder();
        var time = new FakeTimeProvider();
        await using var a = await AnsweringInstance.StartAsync(folder, "a1", context =>
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            context.Response.StatusCode = context.Request.Path == "/orders/13" ? 500 : 200;
            return Task.CompletedTask;
        });
        await using var edge = await EdgeUnderTest.StartAsync(time: time);
        edge.Route(Version(A, 10_000, a.Instance));
        time.Advance(Window); // it was not there for the whole of its first window
        await AskAsync(edge, 3, "/orders/12", "/orders/13", "/orders/14");
        time.Advance(3 * Window);
        await AskAsync(edge, 4, "/orders/12");
        time.Advance(Window);

        var history = await ReadAsync(edge, TimeSpan.FromHours(1));

        history.WindowSeconds.ShouldBe(5);
        history.EdgesMilliseconds.ShouldBe(LatencyBuckets.Milliseconds);
        var instance = history.Instances.ShouldHaveSingleItem();
        (instance.Digest, instance.Instance).ShouldBe((A, "a1"));
        var passed = LatencyBuckets.Milliseconds.Count(e => e < 100);
        instance.Windows.ShouldBe([[3, 1, passed, 3], [0, 0], [0, 0], [1, 0, passed, 1]]);
        (await ReadAsync(edge, 2 * Window)).Instances[0].Windows.ShouldBe([[0, 0], [1, 0, passed, 1]]);
    }

    [Fact]
    public async Task A_request_that_stays_open_is_in_each_window_beyond_the_edges_that_it_passed_there()
    {
        using var folder = new TestFolder();
        var time = new FakeTimeProvider();
        var arrived = new TaskCompletionSource();
        var answer = new TaskCompletionSource();
        await using var slow = await AnsweringInstance.StartAsync(folder, "a1", async context =>
        {
            arrived.SetResult();
            await answer.Task;
        });
        await using var edge = await EdgeUnderTest.StartAsync(time: time);
        edge.Route(Version(A, 10_000, slow.Instance));
        time.Advance(Window);
        var waiting = edge.GetAsync("/orders/7");
        await arrived.Task.WaitAsync(TestContext.Current.CancellationToken);

        // Nobody looks in between: what was true at the end of each window is still known.
        time.Advance(3 * Window);
        var windows = (await ReadAsync(edge, TimeSpan.FromHours(1))).Instances[0].Windows;
        answer.SetResult();
        (await waiting).Dispose();

        var at5 = LatencyBuckets.Milliseconds.Count(e => e < 5_000);
        windows.ShouldBe([[1, 0, at5, 1], [0, 0, at5, -1, 203, 1], [0, 0, 203, -1, 204, 1]]);
    }

    [Fact]
    public async Task An_hour_is_kept_of_the_instances_that_are_routed_to_and_no_more()
    {
        using var folder = new TestFolder();
        var time = new FakeTimeProvider();
        await using var edge = await EdgeUnderTest.StartAsync(time: time);
        edge.Route(Version(A, 10_000, AnsweringInstance.Nobody(folder, "a1"), AnsweringInstance.Nobody(folder, "a2")));
        time.Advance(TimeSpan.FromHours(3));

        var before = await ReadAsync(edge, TimeSpan.FromDays(1));
        edge.Route(Version(A, 10_000, AnsweringInstance.Nobody(folder, "a2"), AnsweringInstance.Nobody(folder, "a3")));
        time.Advance(TimeSpan.FromMinutes(1));
        var after = await ReadAsync(edge, TimeSpan.FromDays(1));

        before.Instances.Select(i => (i.Instance, i.Windows.Count)).ShouldBe([("a1", 720), ("a2", 720)]);
        after.Instances.Select(i => (i.Instance, i.Windows.Count)).ShouldBe([("a2", 720), ("a3", 11)]);
    }

    private static async Task AskAsync(EdgeUnderTest edge, int endedThen, params string[] paths)
    {
        foreach (var path in paths) (await edge.GetAsync(path)).Dispose();
        await edge.SeesAsync(p => p.OfVersion(A, "request_duration_seconds_count") == endedThen);
    }

    private static async Task<EdgeHistory> ReadAsync(EdgeUnderTest edge, TimeSpan span)
    {
        using var text = new MemoryStream();
        await edge.Server.WriteHistoryAsync(text, span, TestContext.Current.CancellationToken);
        return JsonSerializer.Deserialize(text.ToArray(), CloudJson.Default.EdgeHistory)!;
    }
}
