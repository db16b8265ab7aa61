using System.Text.Json.Serialization;

namespace Tidegate;

/// <summary>What runs in an environment, as seen: the only thing that is believed.</summary>
public sealed record EnvironmentObservation(string Environment, IReadOnlyList<RegionObservation> Regions)
{
    /// <summary>The region, or one that has never seen a release.</summary>
    public RegionObservation this[string region]
    {
        get
        {
            for (var r = 0; r < Regions.Count; r++)
            {
                if (Regions[r].Region == region) return Regions[r];
            }

            return RegionObservation.Empty(region);
        }
    }

    /// <summary>The most memory that any of these instances takes, in MiB; null where none tells.</summary>
    public double? LargestMebibytes(Func<InstanceObservation, bool> of) =>
        Regions.SelectMany(r => r.Versions).SelectMany(v => v.Instances).Where(of).Select(i => i.ResidentBytes / (1024.0 * 1024)).Max();
}

/// <summary>How far a region is on its way to what was last desired of it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Convergence>))]
public enum Convergence
{
    /// <summary>Still starting or shifting. What drains is on its way out, and holds nothing up.</summary>
    Converging,

    /// <summary>As desired.</summary>
    Converged,

    /// <summary>Given up; the region serves what it served before.</summary>
    Failed,
}

/// <param name="Generation">The newest desired state that the platform has accepted for this region; 0 when none.</param>
/// <param name="Failure">Why, when <see cref="Convergence.Failed"/>.</param>
/// <param name="Address">Where users reach the region, or null while nothing serves.</param>
public sealed record RegionObservation(
    string Region,
    long Generation,
    Convergence Convergence,
    string? Failure,
    string? Address,
    IReadOnlyList<VersionObservation> Versions,
    IReadOnlyList<DependencyObservation> Dependencies)
{
    /// <summary>Nobody confirmed in time that the region is watched, so the platform took the candidate's share back by itself.
    /// It stays so until the next desired state. Default false.</summary>
    public bool Withdrawn { get; init; }

    /// <summary>Versions of which nothing is left but instances that end their last requests; they are not among <see
    /// cref="Versions"/>.</summary>
    public IReadOnlyList<VersionObservation> Leaving { get; init; } = [];

    /// <summary>Requests that lasted longer than an instance's time to drain and were cut off. Nobody's failure.
    /// Default 0.</summary>
    public long CutRequests { get; init; }

    public static RegionObservation Empty(string region) => new(region, 0, Convergence.Converged, null, null, [], []);

    public VersionObservation? Of(ArtifactDigest digest)
    {
        for (var v = 0; v < Versions.Count; v++)
        {
            if (Versions[v].Digest == digest) return Versions[v];
        }

        return null;
    }

    /// <summary>Only this digest is there, with this many ready instances and all of the traffic; others may be ending
    /// their last requests.</summary>
    public bool ServesOnly(ArtifactDigest digest, int instances) =>
        Versions.Where(v => !v.IsLeaving).ToList() is [var only]
        && only.Digest == digest && only.Ready >= instances && only.Share == TrafficShare.All;
}

public sealed record VersionObservation(ArtifactDigest Digest, TrafficShare Share, IReadOnlyList<InstanceObservation> Instances)
{
    /// <summary>Nothing is left of it but instances that drain.</summary>
    public bool IsLeaving =>
        Share == TrafficShare.None && Instances.Count > 0 && Instances.All(i => i.State == InstanceState.Draining);

    public int Ready => Instances.Count(i => i.State == InstanceState.Ready);

    public int Restarts => Instances.Sum(i => i.Restarts);
}

[JsonConverter(typeof(JsonStringEnumConverter<InstanceState>))]
public enum InstanceState
{
    Starting,
    Ready,
    Unready,

    /// <summary>It gets no new requests and ends those that it has.</summary>
    Draining,

    Exited,
}

/// <param name="Address">Where this one instance answers: <c>http://…</c> or <c>unix:/path</c>; null while it does not.</param>
/// <param name="Restarts">How often it died and was started again.</param>
/// <param name="ResidentBytes">Memory in use, or null when it could not be read.</param>
public sealed record InstanceObservation(string Id, InstanceState State, string? Address, int Restarts, long? ResidentBytes)
{
    /// <summary>When its process was started, or null where the platform does not tell.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>The part of the region that fails as one, or null where the platform does not tell.</summary>
    public string? Zone { get; init; }
}

/// <summary>A downstream service that the platform runs beside the instances.</summary>
/// <param name="Shared">True: one for all versions, so its failure is nobody's release. False: one for each version.</param>
/// <param name="Version">Whose own copy it is; null when shared.</param>
public sealed record DependencyObservation(string Name, bool Shared, ArtifactDigest? Version, bool Ready);
