using Microsoft.AspNetCore.Http.HttpResults;
using Orders.Settings;
using Orders.Starting;
using Prometheus;

namespace Orders.Web;

/// <summary>The endpoints that the platform and the operators use.</summary>
internal static class OperationEndpoints
{
    public static void MapOperations(this WebApplication app, ServiceMetrics metrics)
    {
        app.MapGet("/health/live", () => TypedResults.Json(new HealthAnswer("alive", null), OrdersJson.Default.HealthAnswer));
        app.MapGet("/health/ready", Ready);
        app.MapGet("/version", Version);
        app.MapMetrics("/metrics", metrics.Registry);
    }

    // Ready says nothing of the catalog: without it orders can still be read, and taking every copy out would end that too.
    private static JsonHttpResult<HealthAnswer> Ready(Opening opening) => opening.IsReady
        ? TypedResults.Json(new HealthAnswer("ready", null), OrdersJson.Default.HealthAnswer)
        : TypedResults.Json(new HealthAnswer("not ready", "the database is not open yet"), OrdersJson.Default.HealthAnswer, statusCode: 503);

    private static JsonHttpResult<VersionAnswer> Version(ServiceSettings settings) => TypedResults.Json(
        new VersionAnswer(
            "orders",
            typeof(OperationEndpoints).Assembly.GetName().Version?.ToString(3) ?? "unknown",
            settings.Orders.ReleaseName,
            settings.Instance.Digest,
            settings.Instance.Instance),
        OrdersJson.Default.VersionAnswer);
}
