namespace Tidegate.Engine.Simulation;

/// <summary>What is wrong with the candidate. Everything is off by default.</summary>
public sealed record SimulatedFault
{
    /// <summary>Since the simulation began.</summary>
    public TimeSpan From { get; init; }

    public TimeSpan Until { get; init; } = TimeSpan.MaxValue;

    /// <summary>Only there; null: everywhere.</summary>
    public string? Region { get; init; }

    /// <summary>Errors, 404 and empty answers only there; null: at every endpoint.</summary>
    public string? Endpoint { get; init; }

    /// <summary>Share of requests that fail, above what fails anyway.</summary>
    public double Errors { get; init; }

    /// <summary>Latencies beyond the 90th percentile are longer by this share.</summary>
    public double Latency { get; init; }

    /// <summary>All latencies are longer by this share.</summary>
    public double Median { get; init; }

    /// <summary>Share of requests answered 404.</summary>
    public double NotFound { get; init; }

    /// <summary>Share of requests answered 200 and nothing.</summary>
    public double EmptyBody { get; init; }

    /// <summary>Journeys fail, and nothing that users see.</summary>
    public bool JourneyOnly { get; init; }

    /// <summary>Mean time between deaths of one instance; null: it does not die of this.</summary>
    public TimeSpan? Crash { get; init; }

    /// <summary>Percent of the limit of 512 MiB that an instance takes more each minute.</summary>
    public double Memory { get; init; }

    /// <summary>Share of requests whose connection breaks; what only reads is then sent to another instance.</summary>
    public double LostFirstTries { get; init; }
}
