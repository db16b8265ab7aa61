namespace Tidegate;

/// <summary>How the release's one false-alarm budget is shared among the kinds of evidence. The merged evidence is their weighted mean, so
/// the chance that a harmless release is ever rolled back is at most α, whatever depends on what (Vovk and Wang, arXiv 1912.06116).</summary>
/// <remarks>A kind that is not in this list has no weight, and what has no weight is not merged: it cannot roll back.</remarks>
public sealed record BudgetWeights(
    double Errors, double Hard, double Endpoints, double Answers, double Slow, double Journeys, double Readiness, double Restarts, double Memory)
{
    /// <summary>The service's evidence, and the regions' together, of each kind that has both.</summary>
    public const double ServiceScope = 0.6, RegionScope = 0.4;

    public static BudgetWeights Default { get; } = new(0.28, 0.06, 0.18, 0.08, 0.18, 0.09, 0.03, 0.05, 0.05);

    /// <summary>1 up to rounding; a rollout refuses anything else.</summary>
    public double Total => Enum.GetValues<EvidenceKind>().Sum(k => this[k]);

    public double this[EvidenceKind kind] => kind switch
    {
        EvidenceKind.Errors => Errors,
        EvidenceKind.Hard => Hard,
        EvidenceKind.Endpoints => Endpoints,
        EvidenceKind.Answers => Answers,
        EvidenceKind.Slow => Slow,
        EvidenceKind.Journeys => Journeys,
        EvidenceKind.Readiness => Readiness,
        EvidenceKind.Restarts => Restarts,
        EvidenceKind.Memory => Memory,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no part of the budget: it must have one before it may roll back"),
    };

    /// <summary>Judged also while the version before is only kept warm, and not at probes.</summary>
    public static bool Lasts(EvidenceKind kind) => kind is EvidenceKind.Journeys or EvidenceKind.Readiness or EvidenceKind.Restarts;

    /// <summary>What one process for the service and one for each region say together.</summary>
    public static double OfScopes(double service, ReadOnlySpan<double> regions)
    {
        var sum = 0.0;
        foreach (var region in regions) sum += region;
        return (ServiceScope * service) + (RegionScope * sum / regions.Length);
    }

    /// <summary>Has a process for each region beside the service's.</summary>
    public static bool ByRegion(EvidenceKind kind) => kind is not (EvidenceKind.Restarts or EvidenceKind.Memory);
}
