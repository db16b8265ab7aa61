using Tidegate.Adapters.Tests.LocalCloud;
using Tidegate.Edge;

namespace Tidegate.Adapters.Tests.Edge;

/// <summary>A listening edge, and a user of it.</summary>
internal sealed class EdgeUnderTest : IAsyncDisposable
{
    public const string ProbeKey = "the key of this test";

    private EdgeUnderTest(EdgeServer edge)
    {
        Server = edge;
        User = new HttpClient { BaseAddress = edge.Address };
    }

    public static string A { get; } = "sha256:" + new string('a', 64);

    public static string B { get; } = "sha256:" + new string('b', 64);

    public EdgeServer Server { get; }

    public HttpClient User { get; }

    public static async Task<EdgeUnderTest> StartAsync(int port = 0, TimeProvider? time = null) => new(await EdgeServer.StartAsync(
        new EdgeOptions(ProbeKey, Seed: 42, time ?? TimeProvider.System) { Port = port },
        TestContext.Current.CancellationToken));

    public static EdgeVersion Version(string digest, int weight, params EdgeInstance[] instances) => new(digest, weight, instances);

    public void Route(params EdgeVersion[] versions) => Server.Route(new EdgeRouting(versions, ["GET /orders/{id}", "GET /orders/latest", "POST /orders"]));

    public async Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        return await User.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Which version answers how many of so many requests.</summary>
    public async Task<Dictionary<string, int>> CountVersionsAsync(int requests)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < requests; i++)
        {
            using var response = await GetAsync("/");
            var version = response.Headers.GetValues(EdgeHeaders.Version).Single();
            counts[version] = counts.GetValueOrDefault(version) + 1;
        }

        return counts;
    }

    public async Task<string> MetricsAsync()
    {
        using var text = new MemoryStream();
        await Server.WriteMetricsAsync(text, TestContext.Current.CancellationToken);
        return System.Text.Encoding.UTF8.GetString(text.ToArray());
    }

    public async Task<EdgePage> PageAsync() => new(await MetricsAsync());

    /// <summary>The page once it is so: an answer is counted when it is through, which its user may see a moment earlier.</summary>
    public Task<EdgePage> SeesAsync(Func<EdgePage, bool> isSo) => Eventually.SeesAsync(PageAsync, isSo);

    public async ValueTask DisposeAsync()
    {
        User.Dispose();
        await Server.DisposeAsync();
    }
}
