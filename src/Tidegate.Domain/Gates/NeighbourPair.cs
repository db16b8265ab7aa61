namespace Tidegate;

/// <summary>Edges of one region over the same minutes: the candidate's, the running version's, and those that no version is told of.</summary>
public readonly record struct NeighbourPair(EventCount Candidate, EventCount Baseline, EventCount Untold)
{
    private EvidenceStream? Stream { get; init; }

    /// <summary>Nats of evidence that the candidate's edges are worse than the running version's; valid at every look.</summary>
    public double Worse => Stream?.Evidence.LogValue ?? 0;

    /// <summary>The running version has such edges too: only then can it be told who is the cause.</summary>
    public bool Comparable => Baseline.Exposures > 0;

    internal NeighbourPair Plus(ArtifactDigest? version, ArtifactDigest candidate, EventCount count) =>
        version is null ? this with { Untold = Untold.Plus(count) }
        : version == candidate ? this with { Candidate = Candidate.Plus(count) }
        : this with { Baseline = Baseline.Plus(count) };

    internal NeighbourPair Plus(NeighbourPair other) =>
        this with { Candidate = Candidate.Plus(other.Candidate), Baseline = Baseline.Plus(other.Baseline), Untold = Untold.Plus(other.Untold) };

    /// <summary>These counts and more, weighed against each other.</summary>
    internal NeighbourPair Weigh(RateRatio question, NeighbourPair more, double hazard) => Plus(more) with
    {
        Stream = (Stream ?? EvidenceStream.Begin).Add(
            question,
            new PairedCounts(more.Candidate.Exposures, more.Baseline.Exposures, more.Candidate.Events, more.Baseline.Events),
            Tempering.None,
            hazard),
    };
}
