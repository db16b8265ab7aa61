using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tidegate.Signals;

/// <summary>Sends one request to one address, over TCP or a Unix domain socket, and trusts nothing of the answer.</summary>
/// <remarks>The token is the only deadline and covers connecting, headers and body alike. Redirects are answers, not orders;
/// there is no proxy, no cookie and no second use of a connection, so every answer is of now and of here.</remarks>
public static class InstanceClient
{
    /// <summary>Bytes. A larger body is no answer, nor is a packed one.</summary>
    public const int LargestBody = 1024 * 1024;

    private const string UnixScheme = "unix:";

    /// <param name="address"><c>http://…</c>, <c>https://…</c> or <c>unix:/path</c>.</param>
    /// <param name="path">From the root, query included.</param>
    /// <param name="body">JSON text, or null.</param>
    /// <exception cref="OperationCanceledException">The token's deadline passed, or the caller stopped.</exception>
    public static async Task<InstanceAnswer> SendAsync(string address, string method, string path, string? body, CancellationToken cancellationToken)
    {
        if (Target(address, path) is not { } target) return new InstanceAnswer.Nothing($"'{ForeignText.Line(address + path)}' is no address");

        try
        {
            using var handler = Handler(address);
            using var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
            using var request = new HttpRequestMessage(new HttpMethod(method), target);
            request.Headers.AcceptEncoding.Add(new("identity"));
            if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");

            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return await ReadAsync(response, cancellationToken);
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException or InvalidDataException or SocketException or FormatException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new InstanceAnswer.Nothing(ForeignText.Line((problem.InnerException ?? problem).Message));
        }
    }

    private static async Task<InstanceAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        // Nobody asked for it, and .NET's own decoders take a Brotli stream that is cut off for a whole one.
        if (response.Content.Headers.ContentEncoding.FirstOrDefault(e => !string.Equals(e, "identity", StringComparison.OrdinalIgnoreCase)) is { } packing)
        {
            return new InstanceAnswer.Nothing($"an answer packed as '{ForeignText.Line(packing)}', though none was asked for");
        }

        await using var content = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var kept = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await content.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (kept.Length + read > LargestBody) return new InstanceAnswer.Nothing($"an answer of more than {LargestBody / 1024} KiB");

            kept.Write(buffer, 0, read);
        }

        return new InstanceAnswer.Answered(
            (int)response.StatusCode,
            response.Content.Headers.ContentType?.MediaType ?? "",
            Encoding.UTF8.GetString(kept.GetBuffer(), 0, (int)kept.Length));
    }

    private static Uri? Target(string address, string path)
    {
        // A path is put behind the authority as text: resolved against it, '//elsewhere/' would be another host.
        if (!path.StartsWith('/')) return null;
        if (IsUnix(address)) return Uri.TryCreate("http://localhost" + path, UriKind.Absolute, out var local) ? local : null;

        return Uri.TryCreate(address, UriKind.Absolute, out var place) && (place.Scheme == Uri.UriSchemeHttp || place.Scheme == Uri.UriSchemeHttps)
            && Uri.TryCreate(place.GetLeftPart(UriPartial.Path).TrimEnd('/') + path, UriKind.Absolute, out var target)
            ? target
            : null;
    }

    private static SocketsHttpHandler Handler(string address)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            PooledConnectionLifetime = TimeSpan.Zero,
            // An endless body is dropped, not drained.
            MaxResponseDrainSize = 0,
            ActivityHeadersPropagator = null,
        };
        if (IsUnix(address)) handler.ConnectCallback = (_, cancellationToken) => ConnectAsync(address[UnixScheme.Length..], cancellationToken);
        return handler;
    }

    private static bool IsUnix(string address) => address.StartsWith(UnixScheme + "/", StringComparison.Ordinal);

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
