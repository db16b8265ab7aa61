using System.Net;

namespace Tidegate.Edge.Standalone;

/// <summary><c>/metrics</c> and <c>/history</c> of an edge that runs alone, on an address of its own so that users do not see it.</summary>
internal sealed class MetricsPage(WebApplication app, Uri address) : IAsyncDisposable
{
    public Uri Address { get; } = address;

    public static async Task<MetricsPage> StartAsync(IPEndPoint listen, EdgeServer edge, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddLogging();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(listen));
        var app = builder.Build();
        app.Run(context =>
        {
            switch (context.Request.Path.Value)
            {
                case "/metrics":
                    context.Response.ContentType = EdgeServer.MetricsContentType;
                    return edge.WriteMetricsAsync(context.Response.Body, context.RequestAborted);
                case "/history":
                    context.Response.ContentType = "application/json; charset=utf-8";
                    return edge.WriteHistoryAsync(context.Response.Body, TimeSpan.FromHours(1), context.RequestAborted);
                default:
                    context.Response.StatusCode = StatusCodes.Status404NotFound;
                    return Task.CompletedTask;
            }
        });
        await app.StartAsync(cancellationToken);
        return new MetricsPage(app, new Uri(app.Urls.Single()));
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
