namespace Tidegate;

/// <summary>When is the evidence a verdict? Pure: rule D of the decision notes (docs/decisions), without a memory of its own.</summary>
/// <remarks>M ≥ 1/α is needed always, so the budget is one. More is asked where a single instance, or the changes of share, could carry all of it.</remarks>
internal static class RolloutVerdict
{
    private const double Outage = 0.1, OutageOfFew = 0.5, OutageFailures = 3, OutageOthers = 0.5;

    /// <summary>Fewer instances than this leave nothing when one is left out.</summary>
    public const int Few = 3;

    /// <param name="instances">Of the candidate, under requests in the accused place.</param>
    /// <param name="failing">Share of the candidate's newest requests there that failed, and how many.</param>
    /// <param name="split">Some region has both versions under requests.</param>
    public static bool IsGuilty(
        RolloutOptions options, RolloutEvidence evidence, int instances,
        (double Share, double Failures) failing, bool split)
    {
        var sums = (evidence.Merged, evidence.Rest, evidence.Others);
        return IsGuilty(options, sums, evidence.Accused.Kind, instances, failing, split);
    }

    /// <param name="evidence">M, without any one instance and the changes of share, without any one instance.</param>
    /// <param name="kind">That weighs most.</param>
    internal static bool IsGuilty(
        RolloutOptions options, (double Merged, double Least, double Others) evidence, EvidenceKind kind, int instances,
        (double Share, double Failures) failing, bool split)
    {
        var needed = options.Accused;
        if (evidence.Merged < needed) return false;
        if (kind == EvidenceKind.Slow) return split && IsOutage(evidence.Others, instances, failing); // slow requests are given time first: SlowStrikes
        if (!split || kind is EvidenceKind.Journeys or EvidenceKind.Readiness or EvidenceKind.Restarts or EvidenceKind.Memory) return true;

        if (IsOutage(evidence.Others, instances, failing)) return true;
        var few = instances < Few;
        var scale = needed / 100;
        if (few) return evidence.Merged >= options.FewInstances * scale;
        return kind is EvidenceKind.Endpoints or EvidenceKind.Answers
            ? evidence.Merged >= options.WithoutInstances * scale
            : evidence.Least >= options.Rest;
    }

    /// <summary>So many of its requests fail that no time is to be lost.</summary>
    private static bool IsOutage(double others, int instances, (double Share, double Failures) failing)
    {
        var few = instances < Few;
        return failing.Share >= (few ? OutageOfFew : Outage) && failing.Failures >= OutageFailures && (few || others >= OutageOthers);
    }
}
