namespace Tidegate.Engine;

/// <summary>Takes readings of the signals that it knows. No data and failure are readings, not exceptions.</summary>
public interface ISignalSource
{
    bool Reads(SignalRule rule);

    /// <summary>One reading, within the deadline that the token carries.</summary>
    Task<SignalReading> ReadAsync(HealthSignal signal, SignalTarget target, CancellationToken cancellationToken);
}

/// <summary>What is being judged, as it was just observed.</summary>
public sealed record SignalTarget(ArtifactDigest Candidate, EnvironmentObservation Environment)
{
    /// <summary>Regions in which instances of the candidate are wanted. None: before a release, and where a test has gone all the way down.
    /// Null, the default: somewhere.</summary>
    public IReadOnlyList<string>? WantedIn { get; init; }

    public IEnumerable<(RegionObservation Region, VersionObservation Version)> Versions =>
        Environment.Regions.SelectMany(r => r.Versions.Select(v => (r, v)));

    public IEnumerable<InstanceObservation> CandidateInstances =>
        Versions.Where(v => v.Version.Digest == Candidate).SelectMany(v => v.Version.Instances);

    /// <summary>The reading of whoever asks the candidate's instances where one is wanted and none is there: nobody to ask is no data, and never health.</summary>
    public SignalReading.NoData? Nobody
    {
        get
        {
            if (WantedIn is null) return CandidateInstances.Any() ? null : new("no instance of the candidate is there");

            var empty = WantedIn.Where(r => Environment[r].Of(Candidate) is not { Instances.Count: > 0 }).ToList();
            return empty.Count == 0 ? null : new($"no instance of the candidate is there in {string.Join(", ", empty)}");
        }
    }

    public IEnumerable<InstanceObservation> BaselineInstances =>
        Versions.Where(v => v.Version.Digest != Candidate).SelectMany(v => v.Version.Instances);
}
