using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orders.Faults;
using Orders.Settings;
using Orders.Tests.Support;
using Orders.Web;

namespace Orders.Tests.Faults;

public sealed class FaultTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_error_rate_of_one_fails_its_endpoint_and_no_other()
    {
        await using var shop = await Shop.OpenAsync(Cancel, "Faults:ErrorRate=1", "Faults:ErrorEndpoint=GET /orders/recent");

        (await StatusAsync(shop, "/orders/recent")).ShouldBe(HttpStatusCode.InternalServerError);
        (await StatusAsync(shop, "/products")).ShouldBe(HttpStatusCode.OK);
        (await shop.Http.GetStringAsync("/metrics", Cancel)).ShouldContain("http_requests_total{endpoint=\"GET /orders/recent\",code=\"500\"} 1\n");
    }

    [Fact]
    public async Task An_error_rate_between_fails_some_requests_and_the_same_ones_for_the_same_instance()
    {
        await using var shop = await Shop.OpenAsync(Cancel, "Faults:ErrorRate=0.3", "Faults:ErrorEndpoint=GET /orders/recent");
        var luck = new InstanceLuck("orders-1");
        var expected = Enumerable.Range(0, 40).Select(_ => luck.Strikes(0.3)).ToList();

        var failed = new List<bool>();
        for (var request = 0; request < 40; request++) failed.Add(await StatusAsync(shop, "/orders/recent") == HttpStatusCode.InternalServerError);

        failed.ShouldBe(expected);
        failed.ShouldContain(true);
        failed.ShouldContain(false);
    }

    [Fact]
    public async Task Stray_calls_to_the_catalog_fail_and_users_notice_nothing()
    {
        await using var shop = await Shop.OpenAsync(Cancel, "Faults:StrayCatalogCalls=1");

        (await StatusAsync(shop, "/products")).ShouldBe(HttpStatusCode.OK);

        var metrics = await shop.Http.GetStringAsync("/metrics", Cancel);
        Counted(metrics, "dependency_calls_failed_total").ShouldBe(Counted(metrics, "dependency_calls_total") / 2);
        Counted(metrics, "dependency_calls_failed_total").ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Calls_to_the_catalog_are_counted_from_zero_on_and_those_that_are_not_answered_apart()
    {
        await using var shop = await Shop.OpenAsync(Cancel);
        var before = await shop.Http.GetStringAsync("/metrics", Cancel);
        Counted(before, "dependency_calls_failed_total").ShouldBe(0);

        (await StatusAsync(shop, "/products")).ShouldBe(HttpStatusCode.OK);
        await shop.SwitchCatalogOffAsync();
        (await StatusAsync(shop, "/products")).ShouldBe(HttpStatusCode.ServiceUnavailable);

        var after = await shop.Http.GetStringAsync("/metrics", Cancel);
        (Counted(after, "dependency_calls_total") - Counted(before, "dependency_calls_total")).ShouldBe(2);
        Counted(after, "dependency_calls_failed_total").ShouldBe(1);
    }

    private static int Counted(string metrics, string name) => int.Parse(
        metrics.Split('\n').Single(l => l.StartsWith(name + "{peer=\"catalog\"} ", StringComparison.Ordinal)).Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public void Instances_differ_in_their_luck_and_keep_to_the_rate()
    {
        var one = new InstanceLuck("orders-1");
        var two = new InstanceLuck("orders-2");

        var first = Enumerable.Range(0, 10_000).Select(_ => one.Strikes(0.05)).ToList();
        var second = Enumerable.Range(0, 10_000).Select(_ => two.Strikes(0.05)).ToList();

        first.ShouldNotBe(second);
        first.Count(struck => struck).ShouldBeInRange(400, 600);
        one.Strikes(0).ShouldBeFalse();
        one.Strikes(1).ShouldBeTrue();
    }

    [Fact]
    public async Task Latency_holds_back_its_endpoint_for_the_time_that_is_set_and_a_stop_waits_for_it()
    {
        var clock = new FakeTimeProvider();
        await using var shop = await Shop.OpenAsync(
            clock, null, Cancel, "Faults:LatencyMilliseconds=2000", "Faults:LatencyEndpoint=GET /orders/recent");
        var metrics = shop.Service.Services.GetRequiredService<ServiceMetrics>();

        var slow = shop.Http.GetAsync("/orders/recent", Cancel);
        await Eventually.HoldsAsync("the slow request has arrived", () => Task.FromResult(metrics.InProgress >= 1), Cancel);
        (await StatusAsync(shop, "/products")).ShouldBe(HttpStatusCode.OK);
        slow.IsCompleted.ShouldBeFalse();
        var stop = shop.Service.StopAsync(Cancel);
        await Eventually.HoldsAsync("nothing new is let in", () => RefusedAsync(shop), Cancel);
        slow.IsCompleted.ShouldBeFalse();

        await Eventually.HoldsAsync(
            "the slow request is answered when its time has come",
            () =>
            {
                clock.Advance(TimeSpan.FromSeconds(2));
                return Task.FromResult(slow.IsCompleted);
            },
            Cancel);
        using var answer = await slow;
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        await stop;
    }

    [Fact]
    public async Task An_order_in_format_2_is_a_500_for_a_release_that_knows_only_format_1()
    {
        using var folder = new TemporaryFolder();
        await using var older = await Shop.OpenAsync(TimeProvider.System, folder.File("data"), Cancel);
        await using var newer = await Shop.OpenAsync(TimeProvider.System, folder.File("data"), Cancel, "Faults:OrderFormat=2");
        using var first = await older.OrderTeaAsync(Cancel);
        using var second = await newer.OrderTeaAsync(Cancel);

        (await StatusAsync(newer, first.Headers.Location!.OriginalString)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(newer, second.Headers.Location!.OriginalString)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(older, first.Headers.Location!.OriginalString)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(older, second.Headers.Location!.OriginalString)).ShouldBe(HttpStatusCode.InternalServerError);
        (await StatusAsync(older, "/orders/recent")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_leak_takes_memory_after_its_delay_and_keeps_it()
    {
        var clock = new FakeTimeProvider();
        await using var shop = await Shop.OpenAsync(clock, null, Cancel, "Faults:LeakMegabytesPerSecond=2", "Faults:LeakAfterSeconds=90");
        var leak = shop.Service.Services.GetRequiredService<Leak>();

        leak.HeldBytes.ShouldBe(0);
        await Eventually.HoldsAsync(
            "a leak has begun",
            () =>
            {
                clock.Advance(TimeSpan.FromSeconds(10));
                return Task.FromResult(leak.HeldBytes >= 4 * 1024 * 1024);
            },
            Cancel);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(90, 0)]
    [InlineData(91, 2)]
    [InlineData(100, 20)]
    [InlineData(86_400, 1024)]
    public void What_is_leaked_grows_evenly_after_the_delay_up_to_an_end(int seconds, int mebibytes) =>
        Leak.BytesDue(new FaultSettings { LeakMegabytesPerSecond = 2, LeakAfterSeconds = 90 }, TimeSpan.FromSeconds(seconds))
            .ShouldBe(mebibytes * 1024L * 1024);

    private static async Task<HttpStatusCode> StatusAsync(Shop shop, string path)
    {
        using var answer = await shop.Http.GetAsync(path, Cancel);
        return answer.StatusCode;
    }

    private static async Task<bool> RefusedAsync(Shop shop)
    {
        try
        {
            await StatusAsync(shop, "/health/live");
            return false;
        }
        catch (HttpRequestException)
        {
            return true;
        }
    }
}
