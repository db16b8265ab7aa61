using System.Net.Http.Headers;
using System.Text;
using Newtonsoft.Json;

namespace Nuke.Common.Utilities.Net;

/// <summary>A request that is being put together: <c>client.CreateRequest(HttpMethod.Post, "releases").WithJsonContent(release).GetResponse()</c>.</summary>
public class HttpRequestBuilder(HttpClient client, HttpRequestMessage request)
{
    public HttpClient Client { get; } = client;
    public HttpRequestMessage Request { get; } = request;
}

public static class HttpClientExtensions
{
    public static HttpRequestBuilder CreateRequest(this HttpClient client, HttpMethod method, string relativeUri) =>
        new(client, new HttpRequestMessage(method, new Uri(relativeUri, UriKind.RelativeOrAbsolute)));

    public static HttpRequestBuilder CreateRequest(this HttpClient client, HttpMethod method, string baseAddress, string relativeUri) =>
        client.CreateRequest(method, $"{baseAddress.TrimEnd('/')}/{relativeUri.TrimStart('/')}");
}

public static class HttpRequestExtensions
{
    public static HttpRequestBuilder WithBearerAuthentication(this HttpRequestBuilder builder, string bearerToken) => builder.WithAuthentication("Bearer", bearerToken);

    public static HttpRequestBuilder WithBasicAuthentication(this HttpRequestBuilder builder, string username, string password) =>
        builder.WithAuthentication("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{username}:{password}")));

    public static HttpRequestBuilder WithAuthentication(this HttpRequestBuilder builder, string scheme, string parameter)
    {
        builder.Request.Headers.Authorization = new AuthenticationHeaderValue(scheme, parameter);
        return builder;
    }

    public static HttpRequestBuilder WithStringContent(this HttpRequestBuilder builder, string content, string mediaType) =>
        builder.With(new StringContent(content, Encoding.UTF8, mediaType));

    public static HttpRequestBuilder WithJsonContent<T>(this HttpRequestBuilder builder, T obj) => builder.WithJsonContent(obj, settings: null);

    public static HttpRequestBuilder WithJsonContent<T>(this HttpRequestBuilder builder, T obj, JsonSerializerSettings settings) =>
        builder.WithStringContent(obj.ToJson(settings, Formatting.None), "application/json");

    public static HttpRequestBuilder WithFormUrlEncodedContent(this HttpRequestBuilder builder, IDictionary<string, string> dictionary) =>
        builder.With(new FormUrlEncodedContent(dictionary));

    public static HttpRequestBuilder WithMultipartFormDataContent(
        this HttpRequestBuilder builder, Func<MultipartFormDataContent, MultipartFormDataContent> configurator) => builder.With(configurator([]));

    public static MultipartFormDataContent AddStringContent(this MultipartFormDataContent data, string name, string content)
    {
        data.Add(new StringContent(content), name);
        return data;
    }

    public static MultipartFormDataContent AddStreamContent(
        this MultipartFormDataContent data, string name, Stream content, string filename, string mediaType = null)
    {
        var part = new StreamContent(content);
        if (mediaType is not null)
            part.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);
        data.Add(part, name, filename);
        return data;
    }

    public static HttpResponseInspector GetResponse(this HttpRequestBuilder builder) => builder.GetResponseAsync().GetAwaiter().GetResult();

    public static async Task<HttpResponseInspector> GetResponseAsync(this HttpRequestBuilder builder, CancellationToken cancellationToken = default) =>
        new(await builder.Client.SendAsync(builder.Request, cancellationToken).ConfigureAwait(false));

    private static HttpRequestBuilder With(this HttpRequestBuilder builder, HttpContent content)
    {
        builder.Request.Content = content;
        return builder;
    }
}
