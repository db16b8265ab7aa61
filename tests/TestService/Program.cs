using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using TestService;

var behaviour = Behaviour.Read();
var time = TimeProvider.System;
var random = new Random(1);
var ready = !behaviour.NeverReady;
var alive = true;

Console.WriteLine($"starting {string.Join(' ', args)}");
if (behaviour.ExitAtStart is { } code)
{
    Console.Error.WriteLine("The setting Orders:Currency is missing.");
    return code;
}

if (behaviour.StartChild) Process.Start("sleep", ["600"]);
using var deaf = behaviour.IgnoreTermination ? PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => context.Cancel = true) : null;

var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
if (behaviour.ListenElsewhere) builder.WebHost.UseUrls("http://127.0.0.1:0");
var app = builder.Build();

app.MapGet("/health/live", () => alive ? Results.Text("Healthy") : Results.StatusCode(503));
app.MapPost("/alive/{value}", (bool value) => alive = value);
app.MapGet("/health/ready", () => ready ? Results.Text("Healthy") : Results.Text("Degraded"));
app.MapPost("/ready/{value}", (bool value) => ready = value);
app.MapGet("/crash", () => Environment.FailFast("as told"));
app.MapGet("/environment", () => Environment.GetEnvironmentVariables());
app.MapGet("/place", (IConfiguration settings, IHostEnvironment host) => new Dictionary<string, string?>
{
    ["work"] = Environment.CurrentDirectory,
    ["program"] = AppContext.BaseDirectory.TrimEnd('/'),
    ["content"] = host.ContentRootPath.TrimEnd('/'),
    ["greeting"] = settings["Greeting"],
    ["note"] = File.Exists("note.txt") ? File.ReadAllText("note.txt") : null,
});
app.MapPost("/note/{text}", async (string text) =>
{
    await File.WriteAllTextAsync("note.txt", text);
    await File.WriteAllTextAsync(Path.Combine(AppContext.BaseDirectory, "note.txt"), text);
});
app.MapGet("/sleep/{milliseconds}", async (int milliseconds, CancellationToken stopped) =>
{
    await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), time, stopped);
    return "slept";
});
app.MapGet("/events/{until}", async (string until, HttpResponse response, CancellationToken left) =>
{
    using var told = CancellationTokenSource.CreateLinkedTokenSource(left, until == "told" ? app.Lifetime.ApplicationStopping : default);
    await response.WriteAsync("data: 1\n\n", left);
    await response.Body.FlushAsync(left);
    await Task.Delay(Timeout.InfiniteTimeSpan, time, told.Token).ContinueWith(_ => { }, TaskScheduler.Default);
});
app.MapGet("/orders/{id}", (int id) => Answer(() => $"order {id}"));
app.MapPost("/orders", () => Answer(() => "made"));
app.MapGet("/catalog", async () => await AskCatalogAsync());

if (behaviour.ExitAfterMilliseconds > 0) _ = ExitLaterAsync();
await app.RunAsync();
return 0;

async Task<IResult> Answer(Func<string> text)
{
    if (behaviour.LatencyMilliseconds > 0) await Task.Delay(TimeSpan.FromMilliseconds(behaviour.LatencyMilliseconds), time);
    bool fails;
    lock (random) fails = random.NextDouble() < behaviour.ErrorRate;
    return fails ? Results.StatusCode(500) : Results.Text(text());
}

async Task ExitLaterAsync()
{
    await Task.Delay(TimeSpan.FromMilliseconds(behaviour.ExitAfterMilliseconds), time);
    Console.Error.WriteLine("A worker has died.");
    Environment.Exit(3);
}

static async Task<IResult> AskCatalogAsync()
{
    var socket = Environment.GetEnvironmentVariable("TIDEGATE_DEPENDENCY_CATALOG")!["unix:".Length..];
    using var client = new HttpClient(new SocketsHttpHandler
    {
        ConnectCallback = async (_, cancellationToken) =>
        {
            var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), cancellationToken);
            return new NetworkStream(connection, ownsSocket: true);
        },
    });
    try
    {
        return Results.Text(await client.GetStringAsync("http://catalog/environment"), "application/json");
    }
    catch (HttpRequestException)
    {
        return Results.StatusCode(502);
    }
}
