namespace Tidegate.Edge.Counting;

/// <summary>Why the edge itself refused a request. No version had a part in it.</summary>
internal enum Refusal
{
    NoInstance,

    /// <summary>Not HTTP, or headers beyond the limits.</summary>
    Malformed,

    /// <summary>A body beyond the limit.</summary>
    TooLarge,

    /// <summary>Nothing that can be sent on, such as CONNECT.</summary>
    NotForwardable,
}

internal static class Refusals
{
    /// <summary>As the page of metrics calls them, in the order of <see cref="Refusal"/>.</summary>
    public static IReadOnlyList<string> Names { get; } = ["no_instance", "malformed", "too_large", "not_forwardable"];

    public static int Status(this Refusal why) => why switch
    {
        Refusal.NoInstance => StatusCodes.Status503ServiceUnavailable,
        Refusal.TooLarge => StatusCodes.Status413PayloadTooLarge,
        Refusal.NotForwardable => StatusCodes.Status501NotImplemented,
        _ => StatusCodes.Status400BadRequest,
    };
}
