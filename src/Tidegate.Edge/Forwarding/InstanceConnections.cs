using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tidegate.Edge.Forwarding;

/// <summary>The connections to instances, over Unix sockets and TCP alike.</summary>
internal sealed class InstanceConnections : IDisposable
{
    private readonly ConcurrentDictionary<string, EndPoint> _endPoints = new(StringComparer.Ordinal);

    public InstanceConnections() => Invoker = new HttpMessageInvoker(new OneTryHandler(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),

        // One byte is one character, on the way in and on the way out: whatever users and services write, passes as it is.
        RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1,
        ResponseHeaderEncodingSelector = (_, _) => Encoding.Latin1,
        ConnectCallback = ConnectAsync,
    }));

    public HttpMessageInvoker Invoker { get; }

    public void Add(Destination destination) => _endPoints[destination.Host] = destination.EndPoint();

    public void Remove(Destination destination) => _endPoints.TryRemove(destination.Host, out _);

    public void Dispose() => Invoker.Dispose();

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        if (!_endPoints.TryGetValue(context.DnsEndPoint.Host, out var endPoint)) throw new SocketException((int)SocketError.HostNotFound);

        var socket = endPoint is UnixDomainSocketEndPoint
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
