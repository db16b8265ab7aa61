using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tidegate.Adapters.Tests.LocalCloud;
using Tidegate.Edge;
using Tidegate.LocalCloud.Contract;

namespace Tidegate.Adapters.Tests.Platforms;

/// <summary>Answers in a cloud's place, with one real edge.</summary>
internal static class EdgeControl
{
    /// <param name="isOld">It does not know of history.</param>
    public static async Task<WebApplication> StartAsync(CloudUnderTest cloud, EdgeServer edge, bool isOld = false)
    {
        cloud.Places.Ensure();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(cloud.Places.ControlSocket));
        var app = builder.Build();
        app.Run(context =>
        {
            switch (context.Request.Path.Value!.Split('/')[^1])
            {
                case "metrics":
                    return edge.WriteMetricsAsync(context.Response.Body, context.RequestAborted);
                case "history" when isOld:
                    context.Response.StatusCode = StatusCodes.Status404NotFound;
                    return Task.CompletedTask;
                case "history":
                    var asked = context.Request.Query["seconds"].ToString();
                    var seconds = int.Parse(asked, CultureInfo.InvariantCulture);
                    var span = TimeSpan.FromSeconds(seconds);
                    return edge.WriteHistoryAsync(context.Response.Body, span, context.RequestAborted);
                default:
                    return context.Response.WriteAsJsonAsync(
                        Observed(edge), CloudJson.Default.EnvironmentObserved, cancellationToken: context.RequestAborted);
            }
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    private static EnvironmentObserved Observed(EdgeServer edge) => new("production", "key",
    [
        new("eu-west", 1, "test", RegionPhase.Converged, null, edge.Address.ToString(), [], [], new(0, 0, 0), 0),
    ]);
}
