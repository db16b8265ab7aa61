namespace Tidegate.LocalCloud.Hosting;

/// <summary>What the cloud tells its log.</summary>
/// <remarks>All in one class: the generator puts the classes of an assembly in another order each time, and the same sources would not give the same bytes.</remarks>
internal static partial class CloudLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Ended {Count} processes that were left over")]
    public static partial void Leftovers(this ILogger log, int count);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Environment}/{Region}: generation {Generation} is desired ({Operation})")]
    public static partial void Desired(this ILogger log, string environment, string region, long generation, string operation);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Environment}/{Region}: it is tried again and again, since this is in the way: {What}")]
    public static partial void Hindered(this ILogger log, string environment, string region, string what);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Environment}/{Region}: nobody has confirmed for {Seconds} s "
        + "that it is watched, so requests go to: {Shares}")]
    public static partial void Unwatched(
        this ILogger log, string environment, string region, double seconds, string shares);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Environment}/{Region}: it did not end in order")]
    public static partial void NotEnded(this ILogger log, Exception problem, string environment, string region);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Socket} is gone, as after logging out: nobody can reach this cloud any more, so it ends. The next one brings back what is desired. To keep it over a log-out: loginctl enable-linger")]
    public static partial void CutOff(this ILogger log, string socket);

    [LoggerMessage(Level = LogLevel.Error, Message = "What was desired and stored is not forgotten: {What}")]
    public static partial void NotForgotten(this ILogger log, string what);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Environment}/{Region}: {What}")]
    public static partial void Step(this ILogger log, string environment, string region, string what);
}
