namespace Tidegate.Engine.Simulation;

/// <summary>What happens to every version alike, and what is wrong with the candidate.</summary>
/// <remarks>Quiet by default: nothing fails.</remarks>
public sealed record SimulatedWorld
{
    /// <summary>Nothing fails, nobody dies.</summary>
    public static SimulatedWorld Quiet { get; } = new();

    /// <summary>Times the requests that each region expects.</summary>
    public double Traffic { get; init; } = 1;

    /// <summary>Share of requests that fail, whatever the version and the endpoint.</summary>
    public double Failure { get; init; }

    /// <summary>Share of calls to the callee that fail.</summary>
    public double CallsFail { get; init; }

    /// <summary>Mean size of a cluster of failures: one instance, one window. Sizes are geometric.</summary>
    /// <value>At least 1. The dispersion is twice this less one.</value>
    public double Cluster { get; init; } = 1;

    /// <summary>The same for requests beyond the usual 99th percentile.</summary>
    public double SlowCluster { get; init; } = 1;

    /// <summary>Latency in milliseconds; log-normal.</summary>
    public double Median { get; init; } = 50;

    /// <summary>Standard deviation of the latency's logarithm.</summary>
    public double Sigma { get; init; } = 0.6;

    public SimulatedIncidents? Incidents { get; init; }

    /// <summary>Deaths for each instance and hour. It is back after 20 s.</summary>
    public double Restarts { get; init; }

    /// <summary>Share of readiness probes that fail by chance.</summary>
    public double ReadinessMisses { get; init; }

    /// <summary>Standard deviation of ln(failure share) between regions.</summary>
    public double RegionSpread { get; init; }

    /// <summary>The same between instances, drawn anew every ten minutes.</summary>
    public double InstanceSpread { get; init; }

    public SimulatedPauses? Pauses { get; init; }

    public SimulatedJob? Job { get; init; }

    public SimulatedStart? Start { get; init; }

    public SimulatedCache? Cache { get; init; }

    public SimulatedChurn? Churn { get; init; }

    public SimulatedHeap? Heap { get; init; }

    /// <summary>Standard deviation of an instance's memory in MiB. It wanders within a minute.</summary>
    public double MemoryNoise { get; init; }

    public SimulatedPast? History { get; init; }

    public SimulatedDay? Day { get; init; }

    /// <summary>A journey's request fails as a user's does. False: only by
    /// <see cref="SimulatedFault.JourneyOnly"/>.</summary>
    public bool JourneysAsUsers { get; init; } = true;

    /// <summary>Of the version that <see cref="SimulatedPlatform.Candidate"/> names, and of no other.</summary>
    public SimulatedFault? Fault { get; init; }
}

/// <summary>A dependency that all versions share is unwell: more requests fail, all take 1.6 times as long.</summary>
/// <param name="Every">Mean time between two.</param>
/// <param name="Lasts">Mean length.</param>
/// <param name="From">Extra share of failures, log-uniform from here.</param>
/// <param name="To">To here.</param>
public sealed record SimulatedIncidents(TimeSpan Every, TimeSpan Lasts, double From, double To, IncidentPlace Where);

public enum IncidentPlace
{
    Everywhere,

    /// <summary>One region at a time, by chance.</summary>
    Region,

    /// <summary>In each region one zone at a time, by chance.</summary>
    Zone,
}

/// <param name="Windows">Share of an instance's 5 s windows in which it pauses.</param>
/// <param name="Slow">Share of the requests of such a window that take longer than a second.</param>
public sealed record SimulatedPauses(double Windows, double Slow);

/// <summary>Work that one instance of each region does beside its requests; they take turns.</summary>
/// <param name="Failure">Extra share of its requests that fail meanwhile.</param>
public sealed record SimulatedJob(TimeSpan Every, TimeSpan Lasts, double Failure);

/// <summary>A young instance is (1 + strength) times as often bad, and less so with age.</summary>
/// <param name="Lasts">Time constant.</param>
/// <param name="Fails">It fails more often; otherwise it is slow more often.</param>
public sealed record SimulatedStart(double Strength, TimeSpan Lasts, bool Fails);

/// <summary>An instance takes longer, by this share, until it is so old.</summary>
public sealed record SimulatedCache(double Slower, TimeSpan Lasts);

/// <summary>Extra failures of a version whose share has just risen: its connections are new.</summary>
public sealed record SimulatedChurn(double Failure, TimeSpan Lasts);

/// <param name="Grows">MiB that a young instance takes in the end.</param>
/// <param name="Within">Time constant.</param>
public sealed record SimulatedHeap(double Grows, TimeSpan Within);

/// <summary>What the edges of each region still count of a version that was withdrawn before.</summary>
public sealed record SimulatedPast(long Requests, long Failures);

/// <param name="Peak">Times the traffic of the beginning, which is the lowest.</param>
/// <param name="At">When, from the beginning.</param>
public sealed record SimulatedDay(double Peak, TimeSpan At);
