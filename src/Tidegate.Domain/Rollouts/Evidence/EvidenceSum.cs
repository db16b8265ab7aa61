namespace Tidegate;

/// <summary>M = Σ ω·E: the weighted mean of all evidence, which is evidence again whatever depends on what; and what
/// weighs most in it.</summary>
internal sealed class EvidenceSum
{
    private static readonly EvidenceKind[] Kinds = Enum.GetValues<EvidenceKind>();
    private readonly double[] _parts = new double[Kinds.Length];
    private double _most = double.NegativeInfinity;

    /// <summary>M.</summary>
    public double Merged { get; private set; }

    /// <summary>What each kind adds to M.</summary>
    public IReadOnlyDictionary<EvidenceKind, double> Parts => Kinds.Where(k => _parts[(int)k] > 0).ToDictionary(k => k, k => _parts[(int)k]);

    /// <summary>What weighs most, and where: a region's index, or −1 for the service.</summary>
    public (EvidenceKind Kind, string Name, int Region) Accused { get; private set; } =
        (EvidenceKind.Errors, "errors", -1);

    /// <summary>Evidence of the service and of each region.</summary>
    /// <returns>What it adds to M.</returns>
    public double Add(EvidenceKind kind, string name, double weight, double service, ReadOnlySpan<double> regions)
    {
        Weigh(kind, name, weight * BudgetWeights.ServiceScope * service, -1);
        var each = weight * BudgetWeights.RegionScope / regions.Length;
        for (var r = 0; r < regions.Length; r++) Weigh(kind, name, each * regions[r], r);
        return Keep(kind, weight * BudgetWeights.OfScopes(service, regions));
    }

    /// <summary>Evidence that has no regions.</summary>
    /// <returns>What it adds to M.</returns>
    public double Add(EvidenceKind kind, string name, double weight, double value)
    {
        Weigh(kind, name, weight * value, -1);
        return Keep(kind, weight * value);
    }

    private double Keep(EvidenceKind kind, double part)
    {
        _parts[(int)kind] += part;
        Merged += part;
        return part;
    }

    private void Weigh(EvidenceKind kind, string name, double part, int region)
    {
        if (part <= _most) return;
        (_most, Accused) = (part, (kind, name, region));
    }
}
