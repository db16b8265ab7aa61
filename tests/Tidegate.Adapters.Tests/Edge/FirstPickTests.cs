using System.Net;
using Microsoft.AspNetCore.Http;
using static Tidegate.Adapters.Tests.Edge.EdgeUnderTest;

namespace Tidegate.Adapters.Tests.Edge;

/// <summary>Whoever was picked first has the request, with all that comes of it.</summary>
public sealed class FirstPickTests
{
    [Fact]
    public async Task A_version_that_drops_every_get_has_an_error_for_each_even_though_another_one_saves_them_all()
    {
        using var folder = new TestFolder();
        await using var broken = await AnsweringInstance.StartAsync(folder, "b1", BreakOff);
        await using var sound = await AnsweringInstance.StartAsync(folder, "a1");
        await using var edge = await EdgeUnderTest.StartAsync();
        edge.Route(Version(A, 5_000, sound.Instance), Version(B, 5_000, broken.Instance));

        for (var i = 0; i < 40; i++)
        {
            using var response = await edge.GetAsync("/orders/7");
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        var dropped = broken.Seen.Count;
        dropped.ShouldBeInRange(1, 39);
        var page = await edge.SeesAsync(p => p.Sum("user_requests_total") == 40);
        page.OfVersion(B, "requests_total").ShouldBe(dropped);
        page.OfVersion(B, "errors_total").ShouldBe(dropped);
        page.Answers(B, "no_answer").ShouldBe(dropped);
        page.OfInstance("b1", "instance_errors_total").ShouldBe(dropped);
        page.OfVersion(A, "requests_total").ShouldBe(40 - dropped);
        page.OfVersion(A, "errors_total").ShouldBe(0);
        page.OfInstance("a1", "instance_requests_total").ShouldBe(40 - dropped);
        page.Sum("user_errors_total").ShouldBe(0);
    }

    [Fact]
    public async Task When_the_second_one_fails_too_it_is_an_error_of_the_first_only()
    {
        using var folder = new TestFolder();
        await using var edge = await EdgeUnderTest.StartAsync();
        edge.Route(Version(A, 10_000, AnsweringInstance.Nobody(folder, "a1"), AnsweringInstance.Nobody(folder, "a2")));

        using var response = await edge.GetAsync("/orders/7");

        response.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        var page = await edge.SeesAsync(p => p.Sum("user_errors_total") == 1);
        page.OfVersion(A, "requests_total").ShouldBe(1);
        page.OfVersion(A, "errors_total").ShouldBe(1);
        page.Sum("instance_errors_total").ShouldBe(1);
        page.OfVersion(A, "retried_total").ShouldBe(1);
        page.Answers(A, "no_answer").ShouldBe(1);
    }

    [Fact]
    public async Task An_instance_that_refuses_connections_is_its_versions_error()
    {
        using var folder = new TestFolder();
        await using var edge = await EdgeUnderTest.StartAsync();
        edge.Route(Version(A, 10_000, AnsweringInstance.Nobody(folder, "a1")));

        using var response = await edge.User.PostAsync("/orders", content: null, TestContext.Current.CancellationToken);

        var page = await edge.SeesAsync(p => p.Sum("user_errors_total") == 1);
        page.OfVersion(A, "errors_total").ShouldBe(1);
        page.Sum("refused_total").ShouldBe(0);
    }

    [Fact]
    public async Task A_request_counts_from_the_moment_its_instance_was_picked_and_is_saved_at_the_first_ones_time()
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
        await using var edge = await EdgeUnderTest.StartAsync();
        edge.Route(Version(A, 10_000, AnsweringInstance.Nobody(folder, "b1")), Version(B, 1, slow.Instance));
        var waiting = edge.GetAsync("/orders/7");
        await arrived.Task.WaitAsync(TestContext.Current.CancellationToken);

        var open = await edge.PageAsync();
        answer.SetResult();
        (await waiting).Dispose();

        open.OfVersion(A, "requests_total").ShouldBe(1);
        open.OfVersion(A, "errors_total").ShouldBe(1);
        open.OfVersion(A, "open_age_seconds_gcount").ShouldBe(1);
        open.OfVersion(B, "requests_total").ShouldBe(0);
        open.OfVersion(A, "request_duration_seconds_count").ShouldBe(0);
        var page = await edge.SeesAsync(p => p.OfVersion(A, "request_duration_seconds_count") == 1);
        page.OfVersion(B, "request_duration_seconds_count").ShouldBe(0);
        page.OfVersion(A, "open_age_seconds_gcount").ShouldBe(0);
    }

    [Fact]
    public async Task Whoever_reads_never_finds_more_errors_than_requests_nor_requests_that_are_neither_open_nor_ended()
    {
        using var folder = new TestFolder();
        await using var failing = await AnsweringInstance.StartAsync(folder, "a1", context =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        });
        await using var broken = await AnsweringInstance.StartAsync(folder, "a2", BreakOff);
        await using var edge = await EdgeUnderTest.StartAsync();
        edge.Route(Version(A, 10_000, failing.Instance, broken.Instance));
        var users = Task.WhenAll(Enumerable.Range(0, 8).Select(_ => AskAsync()));

        var readings = 0;
        do
        {
            var page = await edge.PageAsync();
            readings++;
            var requests = page.OfVersion(A, "requests_total");
            page.OfVersion(A, "errors_total").ShouldBeLessThanOrEqualTo(requests);
            page.Sum("instance_errors_total").ShouldBe(page.Sum("errors_total"));
            (page.Sum("request_duration_seconds_count") + page.Sum("open_age_seconds_gcount")).ShouldBe(requests);
            page.Sum("user_errors_total").ShouldBeLessThanOrEqualTo(page.Sum("user_requests_total"));
        }
        while (!users.IsCompleted);

        await users;
        readings.ShouldBeGreaterThan(1);
        (await edge.SeesAsync(p => p.Sum("user_requests_total") == 400)).OfVersion(A, "errors_total").ShouldBe(400);

        async Task AskAsync()
        {
            for (var i = 0; i < 50; i++) (await edge.GetAsync("/orders/7")).Dispose();
        }
    }

    private static Task BreakOff(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }
}
