namespace Tidegate.Engine;

/// <summary>Asks instances of each version side by side: an answer means little without the other version's.</summary>
public interface IVersionProbe
{
    /// <summary>Asks as often as told. An answer that cannot be had is a failure of that version.</summary>
    /// <param name="now">Where the instances are, as just observed.</param>
    /// <returns>One count for each request, in their order.</returns>
    Task<IReadOnlyList<ProbeCount>> ProbeAsync(
        ReleasePlan plan,
        EnvironmentObservation now,
        IReadOnlyList<ProbeRequest> requests,
        CancellationToken cancellationToken);
}

/// <param name="Times">At least 1. Journeys: walks through all of them; readiness: probes of each instance.</param>
public sealed record ProbeRequest(string Region, ArtifactDigest Version, ProbeKind Kind, int Times);

/// <param name="Asked">Walks, or instances times probes; 0 where none is there.</param>
public sealed record ProbeCount(ProbeRequest Request, int Asked, int Failed);

public enum ProbeKind
{
    Journeys,
    Readiness,
}
