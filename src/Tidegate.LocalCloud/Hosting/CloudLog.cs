namespace Tidegate.LocalCloud.Hosting;

/// <summary>What the cloud tells its log.</summary>
/// <remarks>All in one class: the generator puts the classes of an assembly in another order each time, and the same sources would not give the same bytes.</remarks>
internal static partial class CloudLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Ended {Count} processes that were left over")]
    public static partial void Leftovers(this ILogger log, int count);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Environment}/{Region}: generation {Generation} is desired ({Operation})")]
    public static partial void Desired(this ILogger log, string environment, string region, long generation, string operation);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Environment}/{Region}: {What}")]
    public static partial void Step(this ILogger log, string environment, string region, string what);
}
