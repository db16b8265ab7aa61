namespace Orders;

/// <summary>What the shop tells its log.</summary>
/// <remarks>All in one class: the generator puts the classes of an assembly in another order each time, and the same sources would not give the same bytes.</remarks>
internal static partial class OrdersLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The database does not open yet: {Because}")]
    public static partial void NotOpenYet(this ILogger log, string because);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A request failed: {Because}")]
    public static partial void RequestFailed(this ILogger log, string because);

    [LoggerMessage(Level = LogLevel.Error, Message = "A request failed in an unexpected way")]
    public static partial void UnexpectedFailure(this ILogger log, Exception exception);
}
