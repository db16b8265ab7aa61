using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Tidegate.Edge;
using Tidegate.LocalCloud.Contract;
using Tidegate.LocalCloud.Regions;

namespace Tidegate.LocalCloud.Control;

/// <summary>The control socket's routes: names are checked here, so nothing further in sees a name that could leave its folder.</summary>
internal sealed class ControlApi(Cloud cloud, CloudInfo info, Action<bool> shutDown)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/cloud", context => WriteAsync(context, info, CloudJson.Default.CloudInfo));
        routes.MapGet("/v1/environments", context => WriteAsync(context, new EnvironmentList(cloud.Environments), CloudJson.Default.EnvironmentList));
        routes.MapGet("/v1/environments/{env}", Checked(ObserveAsync));
        routes.MapDelete("/v1/environments/{env}", Checked(DeleteAsync));
        routes.MapPost("/v1/environments/{env}/confirm", Checked(ConfirmAsync));
        routes.MapPut("/v1/environments/{env}/regions/{region}", Checked(PutAsync));
        routes.MapGet("/v1/environments/{env}/regions/{region}/metrics", Checked(MetricsAsync));
        routes.MapGet("/v1/environments/{env}/regions/{region}/history", Checked(HistoryAsync));
        routes.MapGet("/v1/environments/{env}/regions/{region}/logs", Checked(LogsAsync));
        routes.MapPut("/v1/environments/{env}/dependencies/{dependency}", Checked(SwitchAsync));
        routes.MapPost("/v1/shutdown", ShutdownAsync);
    }

    private static RequestDelegate Checked(RequestDelegate next) => async context =>
    {
        if (context.Request.RouteValues.FirstOrDefault(v => !CloudNames.IsName(v.Value as string)) is { Key: not null } wrong)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, $"{wrong.Key} '{wrong.Value}' is not a name: lower-case letters, digits and hyphens, at most 63, a letter first.");
            return;
        }

        try
        {
            await next(context);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException && !context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, $"It cannot be written down: {problem.Message}");
        }
    };

    private async Task PutAsync(HttpContext context)
    {
        if (await ReadAsync(context, CloudJson.Default.RegionDesired) is not { } desired) return;
        var (environment, region) = (Name(context, "env"), Name(context, "region"));
        var all = DesiredCheck.Problems(desired, v => cloud.BytesProblem(environment, region, v));
        if (all.ToList() is { Count: > 0 } problems)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, string.Join('\n', problems));
            return;
        }

        await AnswerAsync(context, await cloud.PutAsync(environment, region, desired, context.RequestAborted));
    }

    private Task ConfirmAsync(HttpContext context) =>
        AnswerAsync(context, cloud.Confirm(Name(context, "env")) ? new PutResult.Accepted() : new PutResult.NotThere());

    private async Task DeleteAsync(HttpContext context)
    {
        if (!long.TryParse(context.Request.Query["generation"], NumberStyles.None, CultureInfo.InvariantCulture, out var generation))
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "generation is missing: ?generation=17");
            return;
        }

        await AnswerAsync(context, await cloud.DeleteAsync(Name(context, "env"), generation, context.RequestAborted));
    }

    private async Task SwitchAsync(HttpContext context)
    {
        if (await ReadAsync(context, CloudJson.Default.DependencySwitch) is not { } wanted) return;
        await AnswerAsync(context, await cloud.SwitchAsync(Name(context, "env"), Name(context, "dependency"), wanted.On, context.RequestAborted));
    }

    private async Task ShutdownAsync(HttpContext context)
    {
        if (await ReadAsync(context, CloudJson.Default.ShutdownRequest) is not { } request) return;
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        await context.Response.CompleteAsync();
        shutDown(request.Forget);
    }

    private Task ObserveAsync(HttpContext context) => cloud.Observe(Name(context, "env")) is { } seen
        ? WriteAsync(context, seen, CloudJson.Default.EnvironmentObserved)
        : NotThereAsync(context);

    private Task MetricsAsync(HttpContext context)
    {
        if (Region(context) is not { } region) return NotThereAsync(context);
        context.Response.ContentType = EdgeServer.MetricsContentType;
        return region.WriteMetricsAsync(context.Response.Body, context.RequestAborted);
    }

    private Task HistoryAsync(HttpContext context)
    {
        if (Region(context) is not { } region) return NotThereAsync(context);
        if (!int.TryParse(context.Request.Query["seconds"], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return RefuseAsync(context, StatusCodes.Status400BadRequest, "seconds is missing: ?seconds=3600");

        context.Response.ContentType = "application/json; charset=utf-8";
        return region.WriteHistoryAsync(context.Response.Body, TimeSpan.FromSeconds(seconds), context.RequestAborted);
    }

    private Task LogsAsync(HttpContext context)
    {
        // The name of an instance is a name too, and so stays in its folder.
        var instance = context.Request.Query["instance"].ToString();
        if (Region(context) is not { } region || !IsInstance(instance) || region.Log(instance) is not { } lines) return NotThereAsync(context);
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(string.Concat(lines.Select(l => l + '\n')), context.RequestAborted);
    }

    private Region? Region(HttpContext context) => cloud.Find(Name(context, "env"), Name(context, "region"));

    private static bool IsInstance(string text) => text.Length is > 0 and <= 63 && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    private static string Name(HttpContext context, string part) => (string)context.Request.RouteValues[part]!;

    private static async Task<T?> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type) where T : class
    {
        try
        {
            if (await JsonSerializer.DeserializeAsync(context.Request.Body, type, context.RequestAborted) is { } read) return read;
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "The body is null.");
        }
        catch (JsonException problem)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, problem.Message);
        }
        catch (BadHttpRequestException problem)
        {
            await RefuseAsync(context, problem.StatusCode, problem.Message);
        }

        return null;
    }

    private static Task AnswerAsync(HttpContext context, PutResult result)
    {
        switch (result)
        {
            case PutResult.Accepted:
                context.Response.StatusCode = StatusCodes.Status202Accepted;
                return Task.CompletedTask;
            case PutResult.Stale stale:
                return RefuseAsync(context, StatusCodes.Status409Conflict, stale.Because, stale.Newest);
            case PutResult.Unable unable:
                return RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, unable.Because);
            default:
                return NotThereAsync(context);
        }
    }

    private static Task NotThereAsync(HttpContext context) => RefuseAsync(context, StatusCodes.Status404NotFound, $"{context.Request.Path} is not there.");

    private static Task RefuseAsync(HttpContext context, int status, string problem, long? newest = null)
    {
        context.Response.StatusCode = status;
        return WriteAsync(context, new CloudProblem(problem, newest), CloudJson.Default.CloudProblem);
    }

    private static Task WriteAsync<T>(HttpContext context, T value, JsonTypeInfo<T> type) =>
        context.Response.WriteAsJsonAsync(value, type, contentType: null, context.RequestAborted);
}
