using Tidegate.Engine.Telemetry;

namespace Tidegate.Platforms.Local;

/// <summary>An edge's kinds of answers as the gate's. A kind that is missing has not come yet.</summary>
internal static class EdgeAnswers
{
    public static AnswerMix Of(IEnumerable<OpenMetricsSample> samples)
    {
        var kinds = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var sample in samples) kinds[sample.Labels.GetValueOrDefault("kind") ?? ""] = (long)sample.Value;
        return new(
            kinds.GetValueOrDefault("content"),
            kinds.GetValueOrDefault("empty"),
            kinds.GetValueOrDefault("redirect"),
            kinds.GetValueOrDefault("denied"),
            kinds.GetValueOrDefault("not_found"),
            kinds.GetValueOrDefault("rejected"),
            kinds.GetValueOrDefault("server_error"),
            kinds.GetValueOrDefault("no_answer"));
    }
}
