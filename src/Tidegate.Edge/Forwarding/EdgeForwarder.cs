using System.Security.Cryptography;
using System.Text;
using Tidegate.Edge.Counting;
using Yarp.ReverseProxy.Forwarder;

namespace Tidegate.Edge.Forwarding;

/// <summary>One request from its user to an instance and back, with one second chance, counted once.</summary>
/// <remarks>YARP forwards; the choice is ours. Its clusters would apply a changed configuration later and by parts, send
/// traffic to the last destination whatever its weight, and fall back to unhealthy ones.</remarks>
internal sealed class EdgeForwarder(IHttpForwarder forwarder, EdgeOptions options, InstanceConnections connections, EdgeMetrics metrics)
{
    private static readonly EdgeTransformer Transformer = new();

    private readonly Draw _draw = new(options.Seed);
    private readonly byte[] _probeKey = Encoding.UTF8.GetBytes(options.ProbeKey);
    private readonly ForwarderRequestConfig _config = new()
    {
        ActivityTimeout = options.SilenceLimit,
        Version = System.Net.HttpVersion.Version11,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    private RoutingTable _table = new([], EndpointTemplates.None);

    public RoutingTable Table
    {
        get => Volatile.Read(ref _table);
        set => Volatile.Write(ref _table, value);
    }

    public async Task ForwardAsync(HttpContext context)
    {
        if (PinnedVersion(context.Request) is { } pinned)
        {
            // A probe is not a user: it must not count as evidence of what users see.
            await ProbeAsync(context, pinned);
            return;
        }

        var start = options.Time.GetTimestamp();
        var endpoint = Table.Endpoints.Classify(context.Request.Method, context.Request.Path);
        var answerer = Enter(failed: null);
        var error = ForwarderError.NoAvailableDestinations;
        if (answerer is not null)
        {
            error = await SendAsync(context, answerer);
            if (MayTryAgain(context, error) && Enter(failed: answerer) is { } other)
            {
                if (!answerer.IsCut) metrics.Retried(answerer.Digest, endpoint);
                StartOver(context);
                answerer = other;
                error = await SendAsync(context, answerer);
            }
        }

        if (answerer is null) await RefuseAsync(context, "No instance is ready.");
        if (answerer is { IsCut: true } && IsFailure(context, error)) answerer = null;
        metrics.Answered(answerer?.Digest, answerer?.Instance.Id, endpoint, IsFailure(context, error), options.Time.GetElapsedTime(start));
    }

    private async Task ProbeAsync(HttpContext context, string digest)
    {
        while (Table.PickOf(digest, _draw.Next(), options.Time) is { } destination)
        {
            if (!destination.TryEnter()) continue;
            await SendAsync(context, destination);
            return;
        }

        await RefuseAsync(context, $"No instance of {digest} is ready.");
    }

    /// <summary>Ends: a gate is closed only after the table that no longer has it is in force.</summary>
    private Destination? Enter(Destination? failed)
    {
        while (Table.Pick(_draw.Next(), failed, options.Time) is { } destination)
        {
            if (destination.TryEnter()) return destination;
        }

        return null;
    }

    private async Task<ForwarderError> SendAsync(HttpContext context, Destination destination)
    {
        try
        {
            EdgeTransformer.SetAnswerer(context, destination);
            var error = await forwarder.SendAsync(context, destination.Prefix, connections.Invoker, _config, Transformer, context.RequestAborted);
            if (error != ForwarderError.None && NeverConnected(context)) destination.Quarantine(options.Time);
            return error;
        }
        finally
        {
            destination.Leave();
        }
    }

    /// <summary>Safe methods may be sent twice; any may when the first never left, since no connection was made.</summary>
    private static bool MayTryAgain(HttpContext context, ForwarderError error) =>
        error != ForwarderError.None
        && !context.Response.HasStarted
        && !context.RequestAborted.IsCancellationRequested
        && (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) || NeverConnected(context));

    private static bool NeverConnected(HttpContext context) =>
        context.GetForwarderErrorFeature()?.Exception is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError };

    private static void StartOver(HttpContext context)
    {
        context.Features.Set<IForwarderErrorFeature>(null);
        context.Response.Clear();
    }

    /// <summary>A server error, or no whole answer. A user who went away after the answer had begun is not the version's failure.</summary>
    private static bool IsFailure(HttpContext context, ForwarderError error) =>
        context.Response.StatusCode >= 500
        || error is not (ForwarderError.None or ForwarderError.ResponseBodyClient or ForwarderError.ResponseBodyCanceled or ForwarderError.RequestBodyClient);

    private string? PinnedVersion(HttpRequest request)
    {
        if (request.Headers[EdgeHeaders.Version].ToString() is not { Length: > 0 } version) return null;

        var key = Encoding.UTF8.GetBytes(request.Headers[EdgeHeaders.Probe].ToString());
        return CryptographicOperations.FixedTimeEquals(key, _probeKey) ? version : null;
    }

    private static async Task RefuseAsync(HttpContext context, string why)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = "1";
        await context.Response.WriteAsync(why);
    }
}
