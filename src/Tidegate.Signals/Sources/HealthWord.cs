using Tidegate.LocalCloud.Contract;

namespace Tidegate.Signals;

/// <summary>Reads the answer of a health endpoint as the platform does: see <see cref="HealthAnswer"/>.</summary>
internal static class HealthWord
{
    /// <summary>What is wrong; null when all is well.</summary>
    /// <param name="healthy">What a healthy answer holds; null: a 200 that does not say otherwise is healthy.</param>
    public static string? Failure(InstanceAnswer answer, string path, HealthyAnswer? healthy) => answer switch
    {
        InstanceAnswer.Answered { Status: 200 } well
            when HealthAnswer.Contradiction(well.MediaType, well.Body, When(healthy)) is { } word =>
            $"GET {path} answered 200 '{ForeignText.Line(word)}', wanted {When(healthy)?.ToString() ?? "'Healthy'"}",
        InstanceAnswer.Answered { Status: 200 } => null,
        InstanceAnswer.Answered other => $"GET {path} answered {other.Status}{JourneyStepRun.Quoted(other.Body)}, wanted 200",
        InstanceAnswer.Nothing nothing => $"GET {path} got no answer: {nothing.Because}",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static HealthyWhen? When(HealthyAnswer? healthy) =>
        healthy is null ? null : new(healthy.Contains, healthy.Json, healthy.Value);
}
