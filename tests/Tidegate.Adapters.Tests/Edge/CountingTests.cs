using Tidegate.Edge;
using Tidegate.Edge.Counting;
using static Tidegate.Adapters.Tests.Edge.EdgeUnderTest;

namespace Tidegate.Adapters.Tests.Edge;

public sealed class CountingTests
{
    [Theory]
    [InlineData("GET", "/orders/7", "GET /orders/{id}")]
    [InlineData("GET", "/orders/latest", "GET /orders/latest")]
    [InlineData("GET", "/orders", "other")]
    [InlineData("POST", "/orders", "POST /orders")]
    [InlineData("DELETE", "/orders/7", "other")]
    [InlineData("GET", "/orders/7/items", "other")]
    [InlineData("GET", "/../../etc/passwd", "other")]
    public void A_request_is_counted_under_the_most_exact_declared_endpoint(string method, string path, string endpoint)
    {
        var templates = new EndpointTemplates(["GET /orders/{id}", "GET /orders/latest", "POST /orders"]);

        templates.Classify(method, path).ShouldBe(endpoint);
    }

    [Theory]
    [InlineData("/orders")]
    [InlineData("GET orders")]
    [InlineData("get /orders")]
    [InlineData("GET /orders/{id")]
    public void An_endpoint_that_cannot_be_read_is_named(string endpoint) =>
        Should.Throw<ArgumentException>(() => new EndpointTemplates([endpoint])).Message.ShouldContain(endpoint);

    [Fact]
    public void Neighbouring_buckets_differ_by_a_twentieth_from_half_a_millisecond_to_10_s()
    {
        LatencyBuckets.Milliseconds.Length.ShouldBe(204);
        LatencyBuckets.Milliseconds[0].ShouldBe(0.5);
        LatencyBuckets.Milliseconds[^1].ShouldBe(10_000);
        LatencyBuckets.Milliseconds.Zip(LatencyBuckets.Milliseconds.Skip(1), (low, high) => high / low)
            .ShouldAllBe(growth => growth > 1.04 && growth < 1.0502);
    }

    [Fact]
    public async Task Every_series_is_there_with_zero_before_the_first_request()
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        edge.Route(Version(A, 10_000), Version(B, 0));

        var metrics = await edge.MetricsAsync();

        foreach (var version in new[] { A, B })
        {
            metrics.ShouldContain($"tidegate_edge_requests_total{{version=\"{version}\",endpoint=\"POST /orders\"}} 0.0");
            metrics.ShouldContain($"tidegate_edge_errors_total{{version=\"{version}\",endpoint=\"other\"}} 0.0");
            metrics.ShouldContain($"tidegate_edge_request_duration_seconds_bucket{{version=\"{version}\",endpoint=\"GET /orders/{{id}}\",le=\"+Inf\"}} 0");
        }

        metrics.ShouldContain("tidegate_edge_user_errors_total{endpoint=\"other\"} 0.0");
        metrics.ShouldContain("tidegate_edge_refused_total{reason=\"no_instance\"} 0.0");
        metrics.ShouldEndWith("# EOF\n");
    }

    [Fact]
    public async Task Requests_errors_and_durations_are_counted_for_the_version_that_was_asked()
    {
        using var folder = new TestFolder();
        await using var a = await AnsweringInstance.StartAsync(folder, "a1", context =>
        {
            context.Response.StatusCode = context.Request.Path == "/orders/13" ? 500 : 200;
            return Task.CompletedTask;
        });
        await using var edge = await EdgeUnderTest.StartAsync();
        edge.Route(Version(A, 10_000, a.Instance));

        foreach (var id in new[] { 12, 13, 14 }) (await edge.GetAsync($"/orders/{id}")).Dispose();

        var page = await edge.SeesAsync(p => p.Sum("request_duration_seconds_count") == 3);
        page.Sum("requests_total", ("version", A), ("endpoint", "GET /orders/{id}")).ShouldBe(3);
        page.Sum("errors_total", ("version", A), ("endpoint", "GET /orders/{id}")).ShouldBe(1);
        page.Sum("user_requests_total", ("endpoint", "GET /orders/{id}")).ShouldBe(3);
        page.Sum("user_errors_total", ("endpoint", "GET /orders/{id}")).ShouldBe(1);
    }

    [Fact]
    public async Task Requests_are_counted_for_the_instance_that_was_asked_too_and_an_instance_that_left_is_forgotten()
    {
        using var folder = new TestFolder();
        await using var good = await AnsweringInstance.StartAsync(folder, "a1");
        await using var bad = await AnsweringInstance.StartAsync(folder, "a2", context =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        });
        await using var edge = await EdgeUnderTest.StartAsync();
        edge.Route(Version(A, 10_000, good.Instance, bad.Instance));
        (await edge.MetricsAsync()).ShouldContain(
            $"tidegate_edge_instance_errors_total{{version=\"{A}\",instance=\"a1\",endpoint=\"GET /orders/{{id}}\"}} 0.0");

        for (var i = 0; i < 40; i++) (await edge.GetAsync("/orders/12")).Dispose();

        var page = await edge.SeesAsync(p => p.Sum("instance_duration_seconds_count") == 40);
        bad.Seen.Count.ShouldBeInRange(1, 39);
        page.OfInstance("a1", "instance_requests_total").ShouldBe(good.Seen.Count);
        page.OfInstance("a2", "instance_requests_total").ShouldBe(bad.Seen.Count);
        page.OfInstance("a2", "instance_duration_seconds_count").ShouldBe(bad.Seen.Count);
        page.OfInstance("a1", "instance_errors_total").ShouldBe(0);
        page.OfInstance("a2", "instance_errors_total").ShouldBe(bad.Seen.Count);

        edge.Route(Version(A, 10_000, good.Instance));
        (await edge.MetricsAsync()).ShouldNotContain("instance=\"a2\"");
    }

    [Fact]
    public async Task A_probe_is_no_evidence_of_what_users_see()
    {
        using var folder = new TestFolder();
        await using var a = await AnsweringInstance.StartAsync(folder, "a1");
        await using var edge = await EdgeUnderTest.StartAsync();
        edge.Route(Version(A, 10_000, a.Instance));

        (await edge.GetAsync("/orders/1", (EdgeHeaders.Version, A), (EdgeHeaders.Probe, ProbeKey))).Dispose();

        a.Seen.Count.ShouldBe(1);
        var page = await edge.PageAsync();
        page.OfVersion(A, "requests_total").ShouldBe(0);
        page.Sum("user_requests_total").ShouldBe(0);
    }

    [Fact]
    public async Task Series_of_versions_that_left_long_ago_are_forgotten()
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        var digests = Enumerable.Range(10, 30).Select(n => "sha256:" + string.Concat(Enumerable.Repeat($"{n}", 32))).ToList();

        foreach (var digest in digests) edge.Route(Version(digest, 10_000));

        var metrics = await edge.MetricsAsync();
        metrics.ShouldNotContain(digests[0]);
        metrics.ShouldContain(digests[^2]);
        metrics.ShouldContain(digests[^1]);
    }
}
