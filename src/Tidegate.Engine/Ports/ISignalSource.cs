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
    public IEnumerable<(RegionObservation Region, VersionObservation Version)> Versions =>
        Environment.Regions.SelectMany(r => r.Versions.Select(v => (r, v)));

    public IEnumerable<InstanceObservation> CandidateInstances =>
        Versions.Where(v => v.Version.Digest == Candidate).SelectMany(v => v.Version.Instances);

    public IEnumerable<InstanceObservation> BaselineInstances =>
        Versions.Where(v => v.Version.Digest != Candidate).SelectMany(v => v.Version.Instances);
}
