namespace Tidegate.Engine.Simulation;

/// <summary>What all regions of a simulation share.</summary>
internal sealed class SimulatedContext
{
    public SimulatedContext(SimulatedWorld world, IReadOnlyList<string> endpoints, DateTimeOffset began, int seed)
    {
        (World, Began, Seed) = (world, began, (ulong)(uint)seed);
        Endpoints = new(endpoints);
        Models = new(LatencyBoundaries.Around(world.Median, world.Sigma, below: 2, above: 8), world);
        Counts = new(Seed);
        Latency = new(Seed + (1UL << 40));
        Lives = new(Seed + (2UL << 40));
        Probes = new(Seed + (3UL << 40));
        Reads = [.. endpoints.Select(e => e.StartsWith("GET ", StringComparison.Ordinal))];
    }

    public SimulatedWorld World { get; }

    public DateTimeOffset Began { get; }

    public ulong Seed { get; }

    public ShortNames Endpoints { get; }

    /// <summary>For each endpoint: an edge may send its requests again elsewhere.</summary>
    public bool[] Reads { get; }

    public LatencyModels Models { get; }

    // Apart from each other, so that what is measured or asked changes nothing that happens.
    public Generator Counts { get; }

    public Generator Latency { get; }

    public Generator Lives { get; }

    public Generator Probes { get; }

    public Dictionary<ArtifactDigest, SimulatedVersion> Versions { get; } = [];

    public ArtifactDigest? Candidate { get; set; }

    /// <summary>Failed or too slow requests that are the fault's.</summary>
    public double Bad { get; set; }

    /// <summary>The dependency that all versions share is down.</summary>
    public bool SharedDown { get; set; }

    public SimulatedVersion Behaviour(ArtifactDigest digest) =>
        Versions.Count > 0 ? Versions.GetValueOrDefault(digest) ?? SimulatedVersion.Healthy : SimulatedVersion.Healthy;

    public double Seconds(DateTimeOffset at) => (at - Began).TotalSeconds;

    public DateTimeOffset Instant(double seconds) => Began + TimeSpan.FromSeconds(seconds);

    /// <summary>What is wrong with this version there and then; null: nothing.</summary>
    public SimulatedFault? Fault(ArtifactDigest digest, string region, double at) =>
        World.Fault is { } fault && digest == Candidate && (fault.Region ?? region) == region
            && at >= fault.From.TotalSeconds && at < fault.Until.TotalSeconds
            ? fault
            : null;
}
