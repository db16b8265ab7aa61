using Tidegate.LocalCloud.Contract;

namespace Tidegate.Signals;

/// <summary>Reads the answer of a health endpoint as the platform does: see <see cref="HealthAnswer"/>.</summary>
internal static class HealthWord
{
    /// <summary>What is wrong; null when all is well.</summary>
    public static string? Failure(InstanceAnswer answer, string path) => answer switch
    {
        InstanceAnswer.Answered { Status: 200 } well
            when HealthAnswer.Contradiction(well.MediaType, well.Body) is { } word =>
            $"GET {path} answered 200 '{ForeignText.Line(word)}', wanted 'Healthy'",
        InstanceAnswer.Answered { Status: 200 } => null,
        InstanceAnswer.Answered other => $"GET {path} answered {other.Status}{JourneyStepRun.Quoted(other.Body)}, wanted 200",
        InstanceAnswer.Nothing nothing => $"GET {path} got no answer: {nothing.Because}",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
