using System.Net;
using Microsoft.AspNetCore.Http;
using static Tidegate.Adapters.Tests.Edge.EdgeUnderTest;

namespace Tidegate.Adapters.Tests.Edge;

public sealed class DrainTests
{
    [Fact]
    public async Task An_instance_that_left_the_routing_is_drained_only_after_its_last_answer()
    {
        using var folder = new TestFolder();
        var arrived = new TaskCompletionSource();
        var answer = new TaskCompletionSource();
        await using var slow = await AnsweringInstance.StartAsync(folder, "a1", async context =>
        {
            arrived.SetResult();
            await answer.Task;
            await context.Response.WriteAsync("at last");
        });
        await using var other = await AnsweringInstance.StartAsync(folder, "b1");
        await using var edge = await EdgeUnderTest.StartAsync();
        edge.Route(Version(A, 10_000, slow.Instance));
        var waiting = edge.GetAsync("/");
        await arrived.Task.WaitAsync(TestContext.Current.CancellationToken);

        edge.Route(Version(B, 10_000, other.Instance));
        var drained = edge.Server.DrainedAsync("a1", TestContext.Current.CancellationToken);
        using var next = await edge.GetAsync("/");

        next.Headers.GetValues("x-tidegate-instance").ShouldBe(["b1"]);
        drained.IsCompleted.ShouldBeFalse();
        edge.Server.InFlight.ShouldBe(1);

        answer.SetResult();
        await drained;
        using var served = await waiting;
        served.StatusCode.ShouldBe(HttpStatusCode.OK);
        edge.Server.InFlight.ShouldBe(0);
    }

    [Fact]
    public async Task Instances_that_come_and_go_under_load_fail_no_request_of_any_kind()
    {
        using var folder = new TestFolder();
        await using var edge = await EdgeUnderTest.StartAsync();
        var current = await AnsweringInstance.StartAsync(folder, "i0");
        edge.Route(Version(A, 10_000, current.Instance));
        using var stop = new CancellationTokenSource();
        var users = Enumerable.Range(0, 8).Select(_ => PostUntilStoppedAsync()).ToList();

        for (var i = 1; i <= 60; i++)
        {
            var next = await AnsweringInstance.StartAsync(folder, $"i{i}");
            edge.Route(Version(i % 2 == 0 ? A : B, 10_000, next.Instance));
            await edge.Server.DrainedAsync(current.Instance.Id, TestContext.Current.CancellationToken);
            await current.DisposeAsync();
            current = next;
        }

        await stop.CancelAsync();
        var answers = (await Task.WhenAll(users)).SelectMany(a => a).ToList();
        await current.DisposeAsync();
        answers.Count.ShouldBeGreaterThan(100);
        answers.ShouldAllBe(a => a == HttpStatusCode.OK);

        async Task<List<HttpStatusCode>> PostUntilStoppedAsync()
        {
            var seen = new List<HttpStatusCode>();
            while (!stop.IsCancellationRequested)
            {
                using var body = new StringContent("{}");
                using var response = await edge.User.PostAsync("/orders", body, TestContext.Current.CancellationToken);
                seen.Add(response.StatusCode);
            }

            return seen;
        }
    }
}
