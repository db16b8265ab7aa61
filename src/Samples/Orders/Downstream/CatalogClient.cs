using System.Net.Sockets;
using System.Text.Json;
using Orders.Faults;
using Orders.Web;

namespace Orders.Downstream;

/// <summary>
/// Asks the catalog, once and briefly. Nothing is tried again: while the catalog is down, every caller learns it within
/// <see cref="Patience"/> and the catalog is asked no more often than people ask us.
/// </summary>
internal sealed class CatalogClient : IDisposable
{
    private const int MostConnections = 64;
    private const int LargestAnswerBytes = 256 * 1024;
    private static readonly Uri Products = new("products", UriKind.Relative);

    private readonly HttpClient? _http;
    private readonly ServiceMetrics _metrics;
    private readonly StrayCalls _stray;
    private readonly TimeProvider _time;

    public CatalogClient(CatalogAddress? address, ServiceMetrics metrics, StrayCalls stray, TimeProvider time)
    {
        (_metrics, _stray, _time) = (metrics, stray, time);
        _http = address is null ? null : Client(address);
    }

    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(2);

    public async Task<CatalogAnswer> ProductsAsync(CancellationToken cancellationToken)
    {
        var answer = await AskAsync(Products, cancellationToken);
        _metrics.CatalogCalled(failed: answer is not CatalogAnswer.Products);
        if (_stray.Next() is { } wrong) _metrics.CatalogCalled(failed: await AskAsync(wrong, cancellationToken) is not CatalogAnswer.Products);
        return answer;
    }

    private async Task<CatalogAnswer> AskAsync(Uri what, CancellationToken cancellationToken)
    {
        if (_http is null) return new CatalogAnswer.Unavailable("no catalog is known to this copy");

        using var deadline = new CancellationTokenSource(Patience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            using var response = await _http.GetAsync(what, either.Token);
            if (!response.IsSuccessStatusCode) return new CatalogAnswer.Unavailable($"the catalog answered {(int)response.StatusCode}");

            await using var body = await response.Content.ReadAsStreamAsync(either.Token);
            var products = await JsonSerializer.DeserializeAsync(body, OrdersJson.Default.IReadOnlyListCatalogProduct, either.Token);
            return products is null ? new CatalogAnswer.Unavailable("the catalog answered null") : new CatalogAnswer.Products(products);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new CatalogAnswer.Unavailable($"the catalog did not answer within {Patience.TotalSeconds} s");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return new CatalogAnswer.Unavailable("the catalog cannot be reached");
        }
        catch (JsonException)
        {
            return new CatalogAnswer.Unavailable("the catalog's answer is not a list of products");
        }
    }

    public void Dispose() => _http?.Dispose();

    private static HttpClient Client(CatalogAddress address)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            MaxConnectionsPerServer = MostConnections,
        };
        if (address is CatalogAddress.UnixSocket socket)
            handler.ConnectCallback = (_, cancellationToken) => ConnectAsync(socket.Path, cancellationToken);
        return new HttpClient(handler)
        {
            BaseAddress = address is CatalogAddress.Http http ? http.Address : new Uri("http://catalog/"),
            MaxResponseContentBufferSize = LargestAnswerBytes,
            Timeout = Timeout.InfiniteTimeSpan, // each call has its own deadline, on our clock
        };
    }

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
