namespace Tidegate;

/// <summary>Who may spend how much of the release's one false-alarm budget, and when: the budget of a plan, as it is
/// printed.</summary>
/// <remarks>It follows from the plan alone. The rows are the moments at which a fault may begin, and all of them add
/// up to 100 %.</remarks>
/// <param name="Rows">In the order of the release.</param>
public sealed record BudgetTable(IReadOnlyList<BudgetRow> Rows)
{
    private const int ProbesApart = 2;

    /// <summary>In percent; 100 for a plan whose weights and beginnings use all of the budget.</summary>
    public double Total => Rows.Sum(r => r.Sum);

    /// <param name="canary">Regions in which the canary begins, before any wave; empty: the first wave is the first
    /// step.</param>
    /// <param name="regions">All regions of the release.</param>
    /// <param name="waves">Each region in one of them.</param>
    public static BudgetTable Of(
        Beginnings beginnings,
        BudgetWeights weights,
        IReadOnlyList<string> canary,
        IReadOnlyList<string> regions,
        IReadOnlyList<IReadOnlyList<string>> waves)
    {
        var entered = new HashSet<string>(StringComparer.Ordinal);
        var (rows, part) = (new List<BudgetRow>(), 1.0 / regions.Count);
        if (canary.Count > 0) Add("canary begins", beginnings.Canary, Enter(canary), first: true);
        if (beginnings.EveryRegion > 0) Add("canary in all regions", beginnings.EveryRegion, Enter(regions));
        for (var w = 0; w < waves.Count; w++)
        {
            var first = w == 0 && canary.Count == 0;
            var service = (beginnings.Waves / waves.Count) + (first ? beginnings.Canary : 0);
            var ofRegions = Enter(waves[w]) + (waves[w].Count * beginnings.RegionWave);
            Add($"wave {w + 1} {string.Join(", ", waves[w])}", service, ofRegions, first);
        }

        for (var k = 1; k <= ProbesApart; k++) AddProbe($"probe {k}", beginnings.Probe(k));
        AddProbe($"probe {ProbesApart + 1} and on", beginnings.Probes / (ProbesApart + 1));
        rows.Add(Row("any other time", k => k == EvidenceKind.Memory ? 0 : beginnings.TailOf(k)));
        return new(rows);

        // Capital of regions that the canary enters now.
        double Enter(IEnumerable<string> now) => now.Count(entered.Add) * beginnings.RegionEntry;

        void Add(string name, double service, double ofRegions, bool first = false) => rows.Add(Row(name, k =>
            k == EvidenceKind.Memory ? (first ? 1 : 0) // watched from the first instance on, and begun once
            : !BudgetWeights.ByRegion(k) ? service
            : (BudgetWeights.ServiceScope * service) + (BudgetWeights.RegionScope * part * ofRegions)));

        void AddProbe(string name, double mass) =>
            rows.Add(Row(name, k => k == EvidenceKind.Memory || BudgetWeights.Lasts(k) ? 0 : mass));

        BudgetRow Row(string name, Func<EvidenceKind, double> capital) =>
            new(name, Enum.GetValues<EvidenceKind>().ToDictionary(k => k, k => 100 * weights[k] * capital(k)));
    }
}

/// <summary>One moment at which a fault may begin.</summary>
/// <param name="Begins">In words.</param>
/// <param name="Percent">Of the whole budget, by what speaks.</param>
public sealed record BudgetRow(string Begins, IReadOnlyDictionary<EvidenceKind, double> Percent)
{
    public double Sum => Percent.Values.Sum();
}
