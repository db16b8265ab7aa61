namespace Tidegate.Signals;

/// <summary>Reads the answer of a health endpoint: 200, and none of the words that mean otherwise.</summary>
internal static class HealthWord
{
    // ASP.NET Core's health checks answer 'Degraded' with a 200.
    private static readonly string[] Unwell = ["Degraded", "Unhealthy"];

    /// <summary>What is wrong; null when all is well.</summary>
    public static string? Failure(InstanceAnswer answer, string path) => answer switch
    {
        InstanceAnswer.Answered { Status: 200 } healthy when SaysOtherwise(healthy) is { } word => $"GET {path} answered 200 '{word}', wanted 'Healthy'",
        InstanceAnswer.Answered { Status: 200 } => null,
        InstanceAnswer.Answered other => $"GET {path} answered {other.Status}{JourneyStepRun.Quoted(other.Body)}, wanted 200",
        InstanceAnswer.Nothing nothing => $"GET {path} got no answer: {nothing.Because}",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string? SaysOtherwise(InstanceAnswer.Answered answer) => answer.MediaType == "text/plain"
        ? Array.Find(Unwell, word => string.Equals(word, answer.Body.Trim(), StringComparison.OrdinalIgnoreCase))
        : null;
}
