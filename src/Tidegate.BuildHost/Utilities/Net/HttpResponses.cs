using System.Net;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Nuke.Common.IO;

namespace Nuke.Common.Utilities.Net;

/// <summary>An answer that is being looked at.</summary>
public class HttpResponseInspector(HttpResponseMessage response)
{
    public HttpResponseMessage Response { get; } = response;

    public Task<string> GetBodyAsync() => Response.Content.ReadAsStringAsync();
}

/// <summary>An answer was not what the build asserts.</summary>
public class HttpResponseException : Exception
{
    public HttpResponseException() { }

    public HttpResponseException(string message) : base(message) { }

    public HttpResponseException(string message, Exception inner) : base(message, inner) { }
}

public static class HttpResponseExtensions
{
    public static async Task<T> GetBodyAsJson<T>(this HttpResponseInspector inspector, JsonSerializerSettings settings) =>
        (await inspector.GetBodyAsync().ConfigureAwait(false)).GetJson<T>(settings);

    public static Task<T> GetBodyAsJson<T>(this HttpResponseInspector inspector) => inspector.GetBodyAsJson<T>(settings: null);

    public static Task<JObject> GetBodyAsJson(this HttpResponseInspector inspector, JsonSerializerSettings settings) => inspector.GetBodyAsJson<JObject>(settings);

    public static Task<JObject> GetBodyAsJson(this HttpResponseInspector inspector) => inspector.GetBodyAsJson<JObject>();

    public static Task WriteToFile(this HttpResponseInspector inspector, AbsolutePath path, FileMode mode = FileMode.CreateNew) => Download.ToFile(inspector.Response, path, mode);

    public static HttpResponseInspector AssertSuccessfulStatusCode(this HttpResponseInspector inspector) => inspector.AssertResponse(static response =>
        response.IsSuccessStatusCode ? null : $"{response.RequestMessage?.RequestUri} answered {(int)response.StatusCode} {response.ReasonPhrase}");

    public static HttpResponseInspector AssertStatusCode(
        this HttpResponseInspector inspector, HttpStatusCode status, Func<HttpResponseMessage, string> errorSelector = null) =>
        inspector.AssertResponse(response => response.StatusCode == status ? null
            : errorSelector?.Invoke(response) ?? $"{response.RequestMessage?.RequestUri} answered {(int)response.StatusCode}, not {(int)status}");

    /// <param name="inspector">The answer.</param>
    /// <param name="errorSelector">What is wrong with the code; null when nothing is.</param>
    public static HttpResponseInspector AssertStatusCode(this HttpResponseInspector inspector, Func<HttpStatusCode, string> errorSelector) =>
        inspector.AssertResponse(response => errorSelector(response.StatusCode));

    /// <param name="inspector">The answer.</param>
    /// <param name="errorSelector">What is wrong with it; null when nothing is.</param>
    public static HttpResponseInspector AssertResponse(this HttpResponseInspector inspector, Func<HttpResponseMessage, string> errorSelector) =>
        errorSelector(inspector.Response) is { } error ? throw new HttpResponseException(error) : inspector;
}
