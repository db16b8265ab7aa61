using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Tidegate.Edge.Counting;
using Tidegate.Edge.Forwarding;
using Tidegate.LocalCloud.Contract;
using Yarp.ReverseProxy.Forwarder;

namespace Tidegate.Edge;

/// <summary>A listening edge. It forwards each request to an instance by the routing that it was last given.</summary>
public sealed class EdgeServer : IAsyncDisposable
{
    /// <summary>Of what <see cref="WriteMetricsAsync"/> writes.</summary>
    public const string MetricsContentType = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private readonly WebApplication _app;
    private readonly InstanceConnections _connections;
    private readonly EdgeForwarder _forwarder;
    private readonly EdgeMetrics _metrics;
    private readonly Lock _routing = new();
    private readonly List<Destination> _leaving = [];
    private long _hosts;

    private EdgeServer(WebApplication app, InstanceConnections connections, EdgeForwarder forwarder, EdgeMetrics metrics, Uri address)
    {
        (_app, _connections, _forwarder, _metrics, Address) = (app, connections, forwarder, metrics, address);
    }

    /// <summary>Where users come in.</summary>
    public Uri Address { get; }

    /// <summary>The routing in force.</summary>
    public EdgeRouting Routing { get; private set; } = EdgeRouting.Empty;

    /// <summary>Requests that are being served now, on leaving instances too.</summary>
    public int InFlight
    {
        get
        {
            lock (_routing) return _forwarder.Table.Destinations.Concat(_leaving).Sum(d => d.InFlight);
        }
    }

    /// <summary>Starts to listen; until <see cref="Route"/> is called everything is answered with 503.</summary>
    public static async Task<EdgeServer> StartAsync(EdgeOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await StartOnAsync(options.Port, options, cancellationToken);
        }
        catch (IOException) when (options.Port != 0)
        {
            return await StartOnAsync(port: 0, options, cancellationToken);
        }
    }

    /// <summary>From the return on, every new request follows this routing.</summary>
    /// <exception cref="ArgumentException">An endpoint cannot be read or a name is there twice; the routing stays as it was.</exception>
    public void Route(EdgeRouting routing)
    {
        RefuseDoubles(routing.Versions.Select(v => v.Digest));
        RefuseDoubles(routing.Versions.SelectMany(v => v.Instances).Select(i => i.Id));
        var endpoints = new EndpointTemplates(routing.Endpoints);
        lock (_routing)
        {
            _metrics.Prepare(routing.Versions, endpoints.Names);
            var known = _forwarder.Table.Destinations.ToDictionary(d => (d.Digest, d.Instance));
            var arms = routing.Versions.Select(v => new RoutingTable.Arm(v.Digest, v.Weight, [.. v.Instances.Select(i => Known(v.Digest, i))])).ToList();
            var staying = arms.SelectMany(a => a.Destinations).ToHashSet();

            // The new table comes into force before the first gate closes: nobody stands before a closed one without a way on.
            _forwarder.Table = new RoutingTable(arms, endpoints);
            Routing = routing;
            foreach (var gone in known.Values.Where(d => !staying.Contains(d)))
            {
                _leaving.Add(gone);
                gone.Close();
                _ = ForgetAsync(gone);
            }

            Destination Known(string digest, EdgeInstance instance)
            {
                if (known.TryGetValue((digest, instance), out var same)) return same;

                var fresh = new Destination(digest, instance, _metrics.Of(digest, instance.Id), string.Create(CultureInfo.InvariantCulture, $"i{++_hosts}"));
                _connections.Add(fresh);
                return fresh;
            }
        }
    }

    /// <summary>Done when the last request has left an instance that the routing no longer has.</summary>
    public async Task DrainedAsync(string instanceId, CancellationToken cancellationToken)
    {
        List<Task> waiting;
        lock (_routing) waiting = [.. _leaving.Where(d => d.Instance.Id == instanceId).Select(d => d.Empty)];
        await Task.WhenAll(waiting).WaitAsync(cancellationToken);
    }

    /// <summary>The time to drain is over: what is still inside this instance will be cut off, and counts against no
    /// version.</summary>
    /// <returns>How many requests that are.</returns>
    public int Cut(string instanceId)
    {
        lock (_routing) return _leaving.Where(d => d.Instance.Id == instanceId).Sum(d => d.Cut());
    }

    /// <summary>Writes what was counted as OpenMetrics text.</summary>
    public Task WriteMetricsAsync(Stream to, CancellationToken cancellationToken) => _metrics.WriteAsync(to, cancellationToken);

    /// <summary>Writes what the instances that are routed to counted in the last hour, as JSON (<see cref="EdgeHistory"/>).</summary>
    /// <param name="span">How far back; an hour at most.</param>
    public Task WriteHistoryAsync(Stream to, TimeSpan span, CancellationToken cancellationToken) =>
        JsonSerializer.SerializeAsync(to, _metrics.History(span), CloudJson.Default.EdgeHistory, cancellationToken);

    /// <summary>Ends what is being served, for at most 5 s, and stops listening.</summary>
    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5), TimeProvider.System);
        await _app.StopAsync(limit.Token);
        await _app.DisposeAsync();
        _connections.Dispose();
    }

    private static void RefuseDoubles(IEnumerable<string> names)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        if (names.FirstOrDefault(n => !seen.Add(n)) is { } twice) throw new ArgumentException($"'{twice}' is there twice.");
    }

    private async Task ForgetAsync(Destination destination)
    {
        await destination.Empty;
        _connections.Remove(destination);
        lock (_routing) _leaving.Remove(destination);
    }

    private static async Task<EdgeServer> StartOnAsync(int port, EdgeOptions options, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddLogging().AddHttpForwarder();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;

            // One byte is one character: what is not ASCII passes as it came, in whatever encoding its sender meant.
            kestrel.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
            kestrel.ResponseHeaderEncodingSelector = _ => Encoding.Latin1;
            kestrel.Limits.MaxConcurrentConnections = options.MostConnections;
            kestrel.Listen(options.Listen, port);
        });

        var app = builder.Build();
        var connections = new InstanceConnections();
        var metrics = new EdgeMetrics(options.Time);
        var forwarder = new EdgeForwarder(app.Services.GetRequiredService<IHttpForwarder>(), options, connections, metrics);
        app.Services.GetRequiredService<DiagnosticListener>().Subscribe(new BadRequests(metrics), BadRequests.IsHeard);
        app.Run(forwarder.ForwardAsync);
        try
        {
            await app.StartAsync(cancellationToken);
            return new EdgeServer(app, connections, forwarder, metrics, new Uri(app.Urls.Single()));
        }
        catch
        {
            await app.DisposeAsync();
            connections.Dispose();
            throw;
        }
    }
}
