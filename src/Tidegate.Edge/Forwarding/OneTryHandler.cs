namespace Tidegate.Edge.Forwarding;

/// <summary>Makes a connection's failure ours to handle.</summary>
/// <remarks><see cref="SocketsHttpHandler"/> sends a request without content up to four times when the connection breaks off, a
/// DELETE too. With content, even an empty one, it does so only when nothing can have been sent.</remarks>
internal sealed class OneTryHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Content ??= new ByteArrayContent([]);
        return base.SendAsync(request, cancellationToken);
    }
}
