using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Tidegate.Edge.Counting;
using Yarp.ReverseProxy.Forwarder;

namespace Tidegate.Edge.Forwarding;

/// <summary>One request from its user to an instance and back, with one second chance, counted once, for the instance that was picked first.</summary>
/// <remarks>YARP forwards; the choice is ours. Its clusters would apply a changed configuration later and by parts, send
/// traffic to the last destination whatever its weight, and fall back to unhealthy ones.</remarks>
internal sealed class EdgeForwarder(IHttpForwarder forwarder, EdgeOptions options, InstanceConnections connections, EdgeMetrics metrics)
{
    private const string NoInstance = "No instance is ready.";

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

        var endpoint = Table.Endpoints.Classify(context.Request.Method, context.Request.Path);
        if (WhyNot(context) is { } why) await RefuseAsync(context, endpoint, why, "This edge does not send such requests on.");
        else if (Enter(failed: null) is { } picked) await ForwardAsync(context, endpoint, picked);
        else await RefuseAsync(context, endpoint, Refusal.NoInstance, NoInstance);
    }

    private async Task ForwardAsync(HttpContext context, string endpoint, Destination picked)
    {
        using var request = picked.Counts.Begin(endpoint);
        var (outcome, error) = await SendAsync(context, new Try(picked, request));
        if (error == ForwarderError.RequestCreation || IsTooLarge(context))
        {
            // It was known too late to spare the version the request, but it is none of its errors.
            BadRequests.Counted(context);
            metrics.Refused(IsTooLarge(context) ? Refusal.TooLarge : Refusal.NotForwardable);
            metrics.Users.Ended(endpoint, failed: false);
            return;
        }

        if (outcome == AnswerKind.NoAnswer && MayTryAgain(context) && Enter(failed: picked) is { } other)
        {
            request.TryAgain();
            StartOver(context);
            (outcome, _) = await SendAsync(context, new Try(other, request: null));
        }

        // What was still inside when the time to drain was over is cut, and accuses nobody.
        if (outcome is { } kind && !(picked.IsCut && kind.IsError())) request.End(kind);
        else request.Leave();
        metrics.Users.Ended(endpoint, outcome?.IsError() == true);
    }

    /// <summary>Why this can be sent to nobody, as far as it can be seen before anybody is picked.</summary>
    private static Refusal? WhyNot(HttpContext context)
    {
        if (HttpMethods.IsConnect(context.Request.Method)) return Refusal.NotForwardable;

        var limit = context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize;
        return context.Request.ContentLength > limit ? Refusal.TooLarge : null;
    }

    /// <summary>A body whose length was not told beforehand went beyond the limit.</summary>
    private static bool IsTooLarge(HttpContext context) => context.GetForwarderErrorFeature()
        is { Error: ForwarderError.RequestBodyClient, Exception: BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } };

    private async Task ProbeAsync(HttpContext context, string digest)
    {
        while (Table.PickOf(digest, _draw.Next(), options.Time) is { } destination)
        {
            if (!destination.TryEnter()) continue;
            await SendAsync(context, new Try(destination, request: null));
            return;
        }

        await WriteAsync(context, Refusal.NoInstance, $"No instance of {digest} is ready.");
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

    private async Task<(AnswerKind? Outcome, ForwarderError Error)> SendAsync(HttpContext context, Try now)
    {
        var destination = now.Destination;
        try
        {
            now.Begin(context);
            var error = await forwarder.SendAsync(context, destination.Prefix, connections.Invoker, _config, Transformer, context.RequestAborted);
            if (error != ForwarderError.None && NeverConnected(context)) destination.Quarantine(options.Time);
            return (now.Outcome(context, error), error);
        }
        finally
        {
            destination.Leave();
        }
    }

    /// <summary>Safe methods may be sent twice; any may when the first never left, since no connection was made.</summary>
    private static bool MayTryAgain(HttpContext context) =>
        !context.Response.HasStarted
        && !context.RequestAborted.IsCancellationRequested
        && (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) || NeverConnected(context));

    private static bool NeverConnected(HttpContext context) =>
        context.GetForwarderErrorFeature()?.Exception is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError };

    private static void StartOver(HttpContext context)
    {
        context.Features.Set<IForwarderErrorFeature>(null);
        context.Response.Clear();
    }

    private string? PinnedVersion(HttpRequest request)
    {
        if (request.Headers[EdgeHeaders.Version].ToString() is not { Length: > 0 } version) return null;

        // Headers are read byte for byte, so this gives back the bytes that were sent.
        var key = Encoding.Latin1.GetBytes(request.Headers[EdgeHeaders.Probe].ToString());
        return CryptographicOperations.FixedTimeEquals(key, _probeKey) ? version : null;
    }

    private Task RefuseAsync(HttpContext context, string endpoint, Refusal why, string told)
    {
        BadRequests.Counted(context);
        metrics.Refused(why);
        metrics.Users.Ended(endpoint, why.Status() >= StatusCodes.Status500InternalServerError);
        return WriteAsync(context, why, told);
    }

    private static async Task WriteAsync(HttpContext context, Refusal why, string told)
    {
        context.Response.StatusCode = why.Status();
        if (why == Refusal.NoInstance) context.Response.Headers.RetryAfter = "1";
        await context.Response.WriteAsync(told);
    }
}
