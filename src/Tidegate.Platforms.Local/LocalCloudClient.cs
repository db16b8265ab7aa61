using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Serialization.Metadata;
using Tidegate.LocalCloud.Contract;

namespace Tidegate.Platforms.Local;

/// <summary>Talks to the clone's cloud over its Unix socket.</summary>
public sealed class LocalCloudClient : IDisposable
{
    private readonly HttpClient _http;

    public LocalCloudClient(CloudPlaces places) => _http = new HttpClient(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        ConnectCallback = async (_, cancellationToken) =>
        {
            // Whoever else could write there could answer in the cloud's place.
            if (Directory.Exists(places.Run)) places.VerifyRun();
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(places.ControlSocket), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    })
    {
        BaseAddress = new Uri("http://cloud/v1/"),
        Timeout = Timeout.InfiniteTimeSpan, // every call has its own deadline
        MaxResponseContentBufferSize = EdgeCounts.LongestPage, // no other answer is nearly as long
    };

    /// <summary>Who answers; null when nobody listens.</summary>
    public async Task<CloudInfo?> InfoAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync("cloud", CloudJson.Default.CloudInfo, cancellationToken);
        }
        catch (HttpRequestException exception) when (IsNobodyThere(exception))
        {
            return null;
        }
    }

    /// <summary>No cloud listens: that is known, and different from one that does not answer or may not be trusted.</summary>
    public static bool IsNobodyThere(HttpRequestException exception) =>
        exception.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused or SocketError.AddressNotAvailable };

    /// <summary>Null: accepted.</summary>
    public async Task<CloudProblem?> ApplyAsync(string environment, string region, RegionDesired desired, CancellationToken cancellationToken)
    {
        using var body = JsonContent.Create(desired, CloudJson.Default.RegionDesired);
        using var response = await _http.PutAsync(new Uri($"environments/{environment}/regions/{region}", UriKind.Relative), body, cancellationToken);
        return await ProblemAsync(response, cancellationToken);
    }

    public Task<EnvironmentObserved> ObserveAsync(string environment, CancellationToken cancellationToken) =>
        GetAsync($"environments/{environment}", CloudJson.Default.EnvironmentObserved, cancellationToken);

    public Task<string> MetricsAsync(string environment, string region, CancellationToken cancellationToken) =>
        _http.GetStringAsync(new Uri($"environments/{environment}/regions/{region}/metrics", UriKind.Relative), cancellationToken);

    /// <summary>What a region's edge counted before now; null when there is no such region, or the cloud is older than this question.</summary>
    public async Task<EdgeHistory?> HistoryAsync(string environment, string region, TimeSpan span, CancellationToken cancellationToken)
    {
        var seconds = (long)Math.Clamp(Math.Ceiling(span.TotalSeconds), 0, int.MaxValue);
        try
        {
            var path = $"environments/{environment}/regions/{region}/history?seconds={seconds}";
            return await GetAsync(path, CloudJson.Default.EdgeHistory, cancellationToken);
        }
        catch (HttpRequestException exception) when (exception.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Null: accepted.</summary>
    public async Task<CloudProblem?> RemoveAsync(string environment, long generation, CancellationToken cancellationToken)
    {
        using var response = await _http.DeleteAsync(new Uri($"environments/{environment}?generation={generation}", UriKind.Relative), cancellationToken);
        return response.StatusCode == HttpStatusCode.NotFound ? null : await ProblemAsync(response, cancellationToken);
    }

    /// <summary>Says that somebody watches this environment now; nothing is to be confirmed where there is
    /// none.</summary>
    public async Task ConfirmAsync(string environment, CancellationToken cancellationToken)
    {
        var path = new Uri($"environments/{environment}/confirm", UriKind.Relative);
        using var response = await _http.PostAsync(path, content: null, cancellationToken);
    }

    /// <summary>Switches a shared dependency of all regions of an environment off or on. Null: done.</summary>
    public async Task<CloudProblem?> SwitchAsync(string environment, string dependency, bool on, CancellationToken cancellationToken)
    {
        using var body = JsonContent.Create(new DependencySwitch(on), CloudJson.Default.DependencySwitch);
        using var response = await _http.PutAsync(new Uri($"environments/{environment}/dependencies/{dependency}", UriKind.Relative), body, cancellationToken);
        return await ProblemAsync(response, cancellationToken);
    }

    /// <summary>Stops the cloud and everything it runs.</summary>
    /// <param name="forget">Environments and their data are removed too.</param>
    public async Task ShutdownAsync(bool forget, CancellationToken cancellationToken)
    {
        using var body = JsonContent.Create(new ShutdownRequest(forget), CloudJson.Default.ShutdownRequest);
        using var response = await _http.PostAsync(new Uri("shutdown", UriKind.Relative), body, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    public void Dispose() => _http.Dispose();

    private async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> form, CancellationToken cancellationToken)
    {
        try
        {
            return await OnceAsync();
        }
        catch (HttpRequestException exception) when (exception.InnerException is IOException)
        {
            // The connection was kept, and who had been at its other end is gone. Asking again changes nothing, and tells whether anybody is there.
            return await OnceAsync();
        }

        async Task<T> OnceAsync() =>
            await _http.GetFromJsonAsync(new Uri(path, UriKind.Relative), form, cancellationToken) ?? throw new HttpRequestException($"{path} answered null");
    }

    private static async Task<CloudProblem?> ProblemAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        response.IsSuccessStatusCode ? null
        : await response.Content.ReadFromJsonAsync(CloudJson.Default.CloudProblem, cancellationToken) ?? new CloudProblem($"status {(int)response.StatusCode}");
}
