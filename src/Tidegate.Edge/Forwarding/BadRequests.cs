using Microsoft.AspNetCore.Http.Features;
using Tidegate.Edge.Counting;

namespace Tidegate.Edge.Forwarding;

/// <summary>Hears of requests that the server refuses before anything of ours sees them.</summary>
internal sealed class BadRequests(EdgeMetrics metrics) : IObserver<KeyValuePair<string, object?>>
{
    private const string Name = "Microsoft.AspNetCore.Server.Kestrel.BadRequest";

    private static readonly KnownRefusal Known = new();

    /// <summary>It is counted already: what the server still finds wrong with the rest of it is the same
    /// refusal.</summary>
    public static void Counted(HttpContext context) => context.Features.Set(Known);

    public static bool IsHeard(string name) => name == Name;

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Key != Name || value.Value is not IFeatureCollection features) return;
        if (features.Get<KnownRefusal>() is not null) return;

        var error = features.Get<IBadRequestExceptionFeature>()?.Error as BadHttpRequestException;
        var isTooLarge = error?.StatusCode == StatusCodes.Status413PayloadTooLarge;
        metrics.Refused(isTooLarge ? Refusal.TooLarge : Refusal.Malformed);
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    private sealed class KnownRefusal;
}
