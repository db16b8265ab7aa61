using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Tidegate.Edge;

namespace Tidegate.Adapters.Tests.Edge;

/// <summary>A real server on a real socket in the place of an instance.</summary>
internal sealed class AnsweringInstance : IAsyncDisposable
{
    private readonly WebApplication _app;

    private AnsweringInstance(WebApplication app, EdgeInstance instance) => (_app, Instance) = (app, instance);

    public EdgeInstance Instance { get; }

    /// <summary>The requests that came in, as they came in.</summary>
    public ConcurrentQueue<(string Path, IHeaderDictionary Headers)> Seen { get; } = [];

    public static async Task<AnsweringInstance> StartAsync(TestFolder folder, string id, RequestDelegate? answer = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddLogging();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.ListenUnixSocket(folder.At(id + ".sock")));
        var app = builder.Build();
        var instance = new AnsweringInstance(app, new EdgeInstance(id, "unix:" + folder.At(id + ".sock")));
        app.Run(context =>
        {
            instance.Seen.Enqueue((context.Request.Path, new HeaderDictionary(context.Request.Headers.ToDictionary())));
            return answer is null ? context.Response.WriteAsync("hello") : answer(context);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return instance;
    }

    /// <summary>An instance that is listed and does not live.</summary>
    public static EdgeInstance Nobody(TestFolder folder, string id) => new(id, "unix:" + folder.At(id + ".sock"));

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
