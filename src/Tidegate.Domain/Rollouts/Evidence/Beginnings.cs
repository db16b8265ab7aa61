namespace Tidegate;

/// <summary>When faults are expected to begin, and the part of each process's capital that is planned for it. The parts of each scope sum to at most 1.</summary>
/// <param name="Canary">Service: the first instance takes users.</param>
/// <param name="EveryRegion">Service: instances in every region; 0 where the canary stays in one.</param>
/// <param name="Waves">Service: all waves together.</param>
/// <param name="RegionEntry">A region: its first instance takes users.</param>
/// <param name="RegionWave">A region: its wave begins.</param>
/// <param name="Probes">Both: the k-th probe takes Probes/(k(k+1)).</param>
/// <param name="Tail">Both: any other time.</param>
public sealed record Beginnings(double Canary, double EveryRegion, double Waves, double RegionEntry, double RegionWave, double Probes, double Tail)
{
    /// <param name="everyRegion">The canary stands in every region before the first wave.</param>
    public static Beginnings Of(bool everyRegion) => everyRegion
        ? new(0.30, 0.10, 0.25, 0.35, 0.30, 0.20, 0.15)
        : new(0.30, 0, 0.35, 0.35, 0.30, 0.20, 0.15);

    /// <summary>What a process that lasts keeps for any other time: probes are none of its beginnings.</summary>
    public double TailOf(EvidenceKind kind) => BudgetWeights.Lasts(kind) ? Tail + Probes : Tail;

    /// <param name="number">From 1.</param>
    public double Probe(int number) => Probes / (number * (number + 1.0));
}
