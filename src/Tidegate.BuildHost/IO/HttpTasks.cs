using System.Net.Http.Headers;
using Nuke.Common.Tooling;
using Nuke.Common.Utilities;

namespace Nuke.Common.IO;

/// <summary>Downloads. An answer other than success throws.</summary>
public static class HttpTasks
{
    /// <summary>For a whole download. A build that fetches something large sets its own.</summary>
    public static TimeSpan DefaultTimeout = TimeSpan.FromSeconds(100);

    public static string HttpDownloadString(string uri, Configure<HttpClient> clientConfigurator = null, Action<HttpRequestHeaders> headerConfigurator = null) =>
        HttpDownloadStringAsync(uri, clientConfigurator, headerConfigurator).GetAwaiter().GetResult();

    public static async Task<string> HttpDownloadStringAsync(
        string uri, Configure<HttpClient> clientConfigurator = null, Action<HttpRequestHeaders> headerConfigurator = null)
    {
        using var client = Client(clientConfigurator, headerConfigurator);
        return await client.GetStringAsync(new Uri(uri)).ConfigureAwait(false);
    }

    public static void HttpDownloadFile(
        string uri, string path, FileMode mode = FileMode.CreateNew, Configure<HttpClient> clientConfigurator = null, Action<HttpRequestHeaders> headerConfigurator = null) =>
        HttpDownloadFileAsync(uri, AbsolutePath.FromWorkingDirectory(path), mode, clientConfigurator, headerConfigurator).GetAwaiter().GetResult();

    /// <param name="uri">What to fetch.</param>
    /// <param name="path">Where to put it. A download that breaks off leaves nothing there.</param>
    /// <param name="mode">Default: the file must not be there yet.</param>
    /// <param name="clientConfigurator">Changes the client before it is used.</param>
    /// <param name="headerConfigurator">Adds headers.</param>
    public static async Task HttpDownloadFileAsync(
        string uri, AbsolutePath path, FileMode mode = FileMode.CreateNew, Configure<HttpClient> clientConfigurator = null,
        Action<HttpRequestHeaders> headerConfigurator = null)
    {
        using var client = Client(clientConfigurator, headerConfigurator);
        using var response = await client.GetAsync(new Uri(uri), HttpCompletionOption.ResponseHeadersRead).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        await Download.ToFile(response, path, mode).ConfigureAwait(false);
    }

    private static HttpClient Client(Configure<HttpClient> clientConfigurator, Action<HttpRequestHeaders> headerConfigurator)
    {
        var client = clientConfigurator.InvokeSafe(new HttpClient { Timeout = DefaultTimeout });
        headerConfigurator?.Invoke(client.DefaultRequestHeaders);
        return client;
    }
}
