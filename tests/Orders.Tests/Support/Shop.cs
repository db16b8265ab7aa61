using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Catalog;
using Microsoft.AspNetCore.Builder;

namespace Orders.Tests.Support;

/// <summary>A copy of Orders on a real Kestrel and a Unix socket, with a catalog of its own that can be switched off.</summary>
internal sealed class Shop : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private WebApplication? _catalog;

    private Shop(TimeProvider time, string? dataFolder, string[] settings)
    {
        Service = OrdersService.Build(
            [
                "--urls", $"http://unix:{_folder.File("orders.sock")}",
                $"--TIDEGATE_DATA={dataFolder ?? _folder.File("data")}",
                "--TIDEGATE_DIGEST=sha256:0001",
                "--TIDEGATE_INSTANCE=orders-1",
                $"--TIDEGATE_DEPENDENCY_CATALOG=unix:{CatalogSocket}",
                "--Logging:LogLevel:Default=None",
                .. settings.Select(setting => $"--{setting}"),
            ],
            AppContext.BaseDirectory,
            time);
        Http = Client(_folder.File("orders.sock"));
    }

    public WebApplication Service { get; }

    public HttpClient Http { get; }

    public string CatalogSocket => _folder.File("catalog.sock");

    /// <summary>A shop that is ready, with its catalog.</summary>
    public static Task<Shop> OpenAsync(CancellationToken cancellationToken, params string[] settings) =>
        OpenAsync(TimeProvider.System, null, cancellationToken, settings);

    public static async Task<Shop> OpenAsync(TimeProvider time, string? dataFolder, CancellationToken cancellationToken, params string[] settings)
    {
        var shop = new Shop(time, dataFolder, settings);
        await shop.SwitchCatalogOnAsync(cancellationToken);
        await shop.Service.StartAsync(cancellationToken);
        await shop.BecomesReadyAsync(cancellationToken);
        return shop;
    }

    /// <summary>A shop that listens; whether it is ready, and whether there is a catalog, is the test's own affair.</summary>
    public static async Task<Shop> OpenWithoutCatalogAsync(string? dataFolder, CancellationToken cancellationToken)
    {
        var shop = new Shop(TimeProvider.System, dataFolder, []);
        await shop.Service.StartAsync(cancellationToken);
        return shop;
    }

    public Task BecomesReadyAsync(CancellationToken cancellationToken) => Eventually.HoldsAsync(
        "the shop is ready",
        async () =>
        {
            using var answer = await Http.GetAsync("/health/ready", cancellationToken);
            return answer.IsSuccessStatusCode;
        },
        cancellationToken);

    public async Task SwitchCatalogOnAsync(CancellationToken cancellationToken)
    {
        _catalog = CatalogService.Build(["--urls", $"http://unix:{CatalogSocket}", "--Logging:LogLevel:Default=None"], _folder.Path);
        await _catalog.StartAsync(cancellationToken);
    }

    public async Task SwitchCatalogOffAsync()
    {
        if (_catalog is not null) await _catalog.DisposeAsync();
        _catalog = null;
    }

    /// <summary>Orders some tea, which the catalog has.</summary>
    public Task<HttpResponseMessage> OrderTeaAsync(CancellationToken cancellationToken) => Http.PostAsJsonAsync(
        "/orders",
        new { customer = "Ada", lines = new[] { new { sku = "TEA-01", quantity = 2 } } },
        cancellationToken);

    public async Task<JsonElement> GetJsonAsync(string path, CancellationToken cancellationToken) =>
        await Http.GetFromJsonAsync<JsonElement>(path, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Service.DisposeAsync();
        await SwitchCatalogOffAsync();
        _folder.Dispose();
    }

    private static HttpClient Client(string socketPath)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        return new HttpClient(handler) { BaseAddress = new Uri("http://orders/") };
    }
}
