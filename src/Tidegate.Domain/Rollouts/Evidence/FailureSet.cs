namespace Tidegate;

/// <summary>The evidence of failures once more: with everything, without one instance of the candidate, or without the windows in which a share has changed.
/// What only one instance carries is no fault of the release.</summary>
internal sealed class FailureSet
{
    /// <summary>Errors by counts, errors by hits, hard by counts, hard by hits.</summary>
    public const int Processes = 4;

    /// <summary>The first of hard failures.</summary>
    public const int Hard0 = 2;

    private FailureSet(int region, string? without, bool steady, PlannedProcess[] service, PlannedProcess[][] regions, FailureCells?[] errors, FailureCells?[] hard)
    {
        (Region, Without, Steady, Service, Regions, Errors, Hard) = (region, without, steady, service, regions, errors, hard);
    }

    /// <summary>Of the instance that is left out; −1: every region.</summary>
    public int Region { get; }

    /// <summary>The instance that is left out; null: none.</summary>
    public string? Without { get; }

    public bool Steady { get; }

    public PlannedProcess[] Service { get; }

    /// <summary>By region, then process; null where this set does not differ from the one with everything.</summary>
    public PlannedProcess[]?[] Regions { get; }

    public FailureCells?[] Errors { get; }

    public FailureCells?[] Hard { get; }

    /// <summary>What everything else adds up to, this set's failures taken for those of all.</summary>
    public double Merged { get; set; } = 1;

    public bool Sees(int region) => Region < 0 || Region == region;

    public static FailureSet Everything(int[] zones, Beginnings beginnings, bool steady) => new(
        -1, null, steady,
        Begun(beginnings),
        [.. zones.Select(_ => Begun(beginnings))],
        [.. zones.Select(z => new FailureCells(z))],
        [.. zones.Select(z => new FailureCells(z))]);

    /// <summary>An instance joins: without it, all is as it was so far.</summary>
    public FailureSet WithoutInstance(int region, string instance, int[] zones)
    {
        var (regions, errors, hard) = (new PlannedProcess[]?[zones.Length], new FailureCells?[zones.Length], new FailureCells?[zones.Length]);
        regions[region] = [.. Regions[region]!.Select(p => p.Copy())];
        (errors[region], hard[region]) = (new(zones[region]), new(zones[region]));
        return new(region, instance, steady: false, [.. Service.Select(p => p.Copy())], regions!, errors, hard) { Merged = Merged };
    }

    public void Drop(int region)
    {
        Errors[region]?.Clear();
        Hard[region]?.Clear();
    }

    public void Forget()
    {
        foreach (var process in Service.Concat(Regions.Where(r => r is not null).SelectMany(r => r!))) process.Forget();
    }

    private static PlannedProcess[] Begun(Beginnings beginnings)
    {
        var hard = RateRatio.HardFailures.Alternatives.Length;
        return [New(RateRatio.MostAlternatives), New(RateRatio.MostAlternatives), New(hard), New(hard)];
        PlannedProcess New(int alternatives) => new(alternatives, beginnings.TailOf(EvidenceKind.Errors));
    }
}
