using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;

namespace Tidegate.Edge.Forwarding;

/// <summary>What changes on the way: the probe's headers stay here, the instance learns who asked, the user learns who answered.</summary>
internal sealed class EdgeTransformer : HttpTransformer
{
    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext,
        HttpRequestMessage proxyRequest,
        string destinationPrefix,
        CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        proxyRequest.Headers.Remove(EdgeHeaders.Probe);
        proxyRequest.Headers.Remove(EdgeHeaders.Version);
        if (httpContext.Features.Get<IHttpRequestFeature>()?.RawTarget is { } target)
            proxyRequest.RequestUri = RequestTarget.At(destinationPrefix, target);

        // What a user claims about himself is not passed on.
        Set(proxyRequest, "X-Forwarded-For", httpContext.Connection.RemoteIpAddress?.ToString());
        Set(proxyRequest, "X-Forwarded-Proto", httpContext.Request.Scheme);
        Set(proxyRequest, "X-Forwarded-Host", httpContext.Request.Host.Value);
    }

    public override async ValueTask<bool> TransformResponseAsync(
        HttpContext httpContext,
        HttpResponseMessage? proxyResponse,
        CancellationToken cancellationToken)
    {
        var copied = await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        if (Try.Of(httpContext) is { } now)
        {
            httpContext.Response.Headers[EdgeHeaders.Version] = now.Destination.Brief;
            httpContext.Response.Headers[EdgeHeaders.Instance] = now.Destination.Instance.Id;
            if (proxyResponse is not null) now.Answered(httpContext, proxyResponse);
        }

        return copied;
    }

    private static void Set(HttpRequestMessage request, string header, string? value)
    {
        request.Headers.Remove(header);
        if (!string.IsNullOrEmpty(value)) request.Headers.TryAddWithoutValidation(header, value);
    }
}
