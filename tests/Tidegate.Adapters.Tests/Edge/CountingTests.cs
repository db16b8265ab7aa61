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
    public void Neighbouring_buckets_differ_by_at_most_half_from_1_ms_to_10_s()
    {
        EdgeMetrics.Buckets[0].ShouldBe(0.001);
        EdgeMetrics.Buckets[^1].ShouldBe(10);
        EdgeMetrics.Buckets.Zip(EdgeMetrics.Buckets.Skip(1), (low, high) => high / low).ShouldAllBe(growth => growth <= 1.5 + 1e-9);
    }

    [Fact]
    public async Task Every_series_is_there_with_zero_before_the_first_request()
    {
        using var folder = new TestFolder();
        await using var edge = await EdgeUnderTest.StartAsync();
        edge.Route(Version(A, 10_000), Version(B, 0));

        var metrics = await edge.MetricsAsync();

        foreach (var version in new[] { A, B, EdgeMetrics.NoVersion })
        {
            metrics.ShouldContain($"tidegate_edge_requests_total{{version=\"{version}\",endpoint=\"POST /orders\"}} 0.0");
            metrics.ShouldContain($"tidegate_edge_errors_total{{version=\"{version}\",endpoint=\"other\"}} 0.0");
            metrics.ShouldContain($"tidegate_edge_request_duration_seconds_bucket{{version=\"{version}\",endpoint=\"GET /orders/{{id}}\",le=\"0.0022\"}} 0");
        }

        metrics.ShouldEndWith("# EOF\n");
    }

    [Fact]
    public async Task Requests_errors_and_durations_are_counted_for_the_version_that_answered()
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

        var metrics = await edge.MetricsAsync();
        metrics.ShouldContain($"tidegate_edge_requests_total{{version=\"{A}\",endpoint=\"GET /orders/{{id}}\"}} 3.0");
        metrics.ShouldContain($"tidegate_edge_errors_total{{version=\"{A}\",endpoint=\"GET /orders/{{id}}\"}} 1.0");
        metrics.ShouldContain($"tidegate_edge_request_duration_seconds_count{{version=\"{A}\",endpoint=\"GET /orders/{{id}}\"}} 3");
    }

    [Fact]
    public async Task Requests_are_counted_for_the_instance_that_answered_too_and_an_instance_that_left_is_forgotten()
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
        (await edge.MetricsAsync()).ShouldContain($"tidegate_edge_instance_errors_total{{version=\"{A}\",instance=\"a1\",endpoint=\"GET /orders/{{id}}\"}} 0.0");

        for (var i = 0; i < 40; i++) (await edge.GetAsync("/orders/12")).Dispose();

        var metrics = await edge.MetricsAsync();
        bad.Seen.Count.ShouldBeInRange(1, 39);
        metrics.ShouldContain($"tidegate_edge_instance_duration_seconds_count{{version=\"{A}\",instance=\"a1\",endpoint=\"GET /orders/{{id}}\"}} {good.Seen.Count}\n");
        metrics.ShouldContain($"tidegate_edge_instance_duration_seconds_count{{version=\"{A}\",instance=\"a2\",endpoint=\"GET /orders/{{id}}\"}} {bad.Seen.Count}\n");
        metrics.ShouldContain($"tidegate_edge_instance_errors_total{{version=\"{A}\",instance=\"a1\",endpoint=\"GET /orders/{{id}}\"}} 0.0");
        metrics.ShouldContain($"tidegate_edge_instance_errors_total{{version=\"{A}\",instance=\"a2\",endpoint=\"GET /orders/{{id}}\"}} {bad.Seen.Count}.0");

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
        (await edge.MetricsAsync()).ShouldContain($"tidegate_edge_requests_total{{version=\"{A}\",endpoint=\"GET /orders/{{id}}\"}} 0.0");
    }

    [Fact]
    public async Task A_request_that_nobody_answers_counts_as_an_error_of_no_version()
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        edge.Route();

        (await edge.GetAsync("/orders/1")).Dispose();

        (await edge.MetricsAsync()).ShouldContain("tidegate_edge_errors_total{version=\"none\",endpoint=\"GET /orders/{id}\"} 1.0");
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
