using static Tidegate.Edge.Counting.MetricsText;

namespace Tidegate.Edge.Counting;

/// <summary>What an edge tells, in which words.</summary>
/// <remarks>Durations and the ages of open requests are two histograms: slower than an edge is what is beyond it in
/// both. A version has histograms by endpoint, an instance one for all, so that a page stays small.</remarks>
internal static class MetricFamilies
{
    public static async Task WriteVersionsAsync(this MetricsText page, IReadOnlyList<VersionSnapshot> versions)
    {
        var endpoints = versions.SelectMany(v => v.Endpoints, (v, e) => (Labels(v, "endpoint", e.Endpoint), e));
        var instances = versions.SelectMany(v => v.Instances, (v, i) => (Labels(v, "instance", i.Instance), i));
        await page.WriteEndpointsAsync([.. endpoints]);
        await page.WriteInstancesAsync([.. instances]);
        const string since = "Since when a version is counted: when it changes, all began anew at zero.";
        page.Family("counting_since_seconds", "gauge", since);
        foreach (var version in versions)
            page.Line("counting_since_seconds", Label("version", version.Version), Seconds(version.Since));
    }

    public static async Task WriteUsersAsync(
        this MetricsText page,
        IReadOnlyList<(string Name, long Requests, long Errors)> endpoints)
    {
        var labelled = endpoints.Select(e => (Label("endpoint", e.Name), e)).ToList();
        const string failed = "Requests whose users got 500 or more, or no answer.";
        await page.CounterAsync("user_requests", "Requests that have ended.", labelled, e => e.Requests);
        await page.CounterAsync("user_errors", failed, labelled, e => e.Errors);
    }

    public static Task WriteRefusedAsync(this MetricsText page, IReadOnlyList<long> refused) => page.CounterAsync(
        "refused",
        "Requests that the edge itself refused.",
        refused.Select((count, i) => (Label("reason", Refusals.Names[i]), count)),
        count => count);

    private static async Task WriteEndpointsAsync(
        this MetricsText page,
        IReadOnlyList<(string Labels, EndpointSnapshot Of)> endpoints)
    {
        page.Family("requests", "counter", "Requests by the version that was picked first, from that moment on.");
        foreach (var (labels, e) in endpoints)
        {
            page.Count("requests_total", labels, e.Begun);
            page.Line("requests_created", labels, Seconds(e.Since));
            await page.FlushAsync();
        }

        const string failed = "Requests that the version picked first failed, also where another one saved them.";
        const string retried = "First tries that failed and were sent to another instance.";
        await page.CounterAsync("errors", failed, endpoints, e => e.Errors);
        await page.CounterAsync("retried", retried, endpoints, e => e.Retried);
        await page.CounterAsync("client_left", "Requests that their users broke off.", endpoints, e => e.Left);
        await page.WriteAnswersAsync(endpoints);

        const string taken = "From the picking of an instance to the end of the answer.";
        var open = endpoints.Select(e => (e.Labels, e.Of.Open));
        await page.HistogramAsync("request_duration_seconds", taken, endpoints.Select(e => (e.Labels, e.Of.Ended)));
        await page.GaugeHistogramAsync("open_age_seconds", "Ages of open requests.", open);
    }

    private static async Task WriteAnswersAsync(
        this MetricsText page,
        IReadOnlyList<(string Labels, EndpointSnapshot Of)> endpoints)
    {
        page.Family("answers", "counter", "Answers by their kind; a kind that is missing has not come yet.");
        foreach (var (labels, e) in endpoints)
        {
            for (var i = 0; i < e.Answers.Length; i++)
            {
                if (e.Answers[i] == 0) continue;
                page.Count("answers_total", $"{labels},{Label("kind", AnswerKinds.Names[i])}", e.Answers[i]);
            }

            await page.FlushAsync();
        }
    }

    private static async Task WriteInstancesAsync(
        this MetricsText page,
        IReadOnlyList<(string Labels, InstanceSnapshot Of)> instances)
    {
        var endpoints = instances
            .SelectMany(i => i.Of.Endpoints, (i, e) => ($"{i.Labels},{Label("endpoint", e.Endpoint)}", e))
            .ToList();
        const string begun = "Requests by the instance that was picked first.";
        await page.CounterAsync("instance_requests", begun, endpoints, e => e.Begun);
        await page.CounterAsync("instance_errors", "Requests that this instance failed.", endpoints, e => e.Errors);

        const string taken = "From the picking of this instance to the end of the answer, all endpoints together.";
        await page.HistogramAsync("instance_duration_seconds", taken, instances.Select(i => (i.Labels, i.Of.Ended)));
        var open = instances.Select(i => (i.Labels, i.Of.Open));
        await page.GaugeHistogramAsync("instance_open_age_seconds", "Ages of open requests.", open);
    }

    private static string Labels(VersionSnapshot version, string name, string value) =>
        $"{Label("version", version.Version)},{Label(name, value)}";
}
