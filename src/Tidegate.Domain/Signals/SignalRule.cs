using System.Text.Json.Serialization;

namespace Tidegate;

/// <summary>How a signal is measured and what is bad.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "rule")]
[JsonDerivedType(typeof(ErrorRate), "errorRate")]
[JsonDerivedType(typeof(Latency), "latency")]
[JsonDerivedType(typeof(Liveness), "liveness")]
[JsonDerivedType(typeof(Readiness), "readiness")]
[JsonDerivedType(typeof(MemoryGrowth), "memoryGrowth")]
[JsonDerivedType(typeof(Journey), "journey")]
[JsonDerivedType(typeof(Command), "command")]
[JsonDerivedType(typeof(Alerts), "alerts")]
[JsonDerivedType(typeof(Data), "data")]
[JsonDerivedType(typeof(Metric), "metric")]
[JsonDerivedType(typeof(Health), "health")]
public abstract record SignalRule
{
    private SignalRule() { }

    /// <summary>Requests that failed (5xx or no answer), for each endpoint and version, counted by the edges.</summary>
    /// <param name="AtMost">The share that is borne even when the running version does better: 0 to 1.</param>
    /// <param name="Ratio">How many times the running version's share is borne: 1 to 100.</param>
    public sealed record ErrorRate(double AtMost, double Ratio) : SignalRule;

    /// <summary>Requests that took longer than an edge in milliseconds, as a share.</summary>
    /// <param name="Milliseconds">A request that takes longer is slow; rounded up to the next histogram edge.</param>
    /// <param name="AtMost">The share of slow requests that is borne: 0 to 1.</param>
    /// <param name="Ratio">How many times the running version's share is borne: 1 to 100.</param>
    public sealed record Latency(double Milliseconds, double AtMost, double Ratio) : SignalRule;

    /// <summary>No instance of the candidate exits or is restarted.</summary>
    public sealed record Liveness : SignalRule;

    /// <summary>Every instance of the candidate answers its health endpoint with 200 and, if text, with <c>Healthy</c>.</summary>
    /// <param name="Path">For example <c>/health/ready</c>.</param>
    /// <param name="Answer">What a healthy answer holds; null: a 200 that does not say otherwise is healthy.</param>
    public sealed record Readiness(
        string Path,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] HealthyAnswer? Answer = null) : SignalRule;

    /// <summary>Memory of the candidate's instances since judging began, beyond what the running version's grew.</summary>
    /// <param name="AtMostMebibytes">MiB, above 0.</param>
    public sealed record MemoryGrowth(double AtMostMebibytes) : SignalRule;

    /// <summary>Requests in order, as a user would send them, against the candidate.</summary>
    public sealed record Journey(IReadOnlyList<JourneyStep> Steps) : SignalRule;

    /// <summary>A program that exits with 0 when all is well.</summary>
    /// <param name="Run">The program and its arguments; no shell.</param>
    public sealed record Command(IReadOnlyList<string> Run) : SignalRule;

    /// <summary>No alert with these labels fires, as an Alertmanager tells.</summary>
    /// <param name="Address">For example <c>http://127.0.0.1:9093</c>.</param>
    /// <param name="Filters">Matchers such as <c>service="orders"</c>.</param>
    public sealed record Alerts(Uri Address, IReadOnlyList<string> Filters) : SignalRule;

    /// <summary>What one version wrote, every version that runs can read.</summary>
    /// <param name="Write">Stores something; its answer names it.</param>
    /// <param name="Read">Reads it back; <c>{0}</c> in the path is the value of <paramref name="Key"/>.</param>
    /// <param name="Key">The JSON member of the write's answer that names what was written.</param>
    public sealed record Data(JourneyStep Write, JourneyStep Read, string Key) : SignalRule;

    /// <summary>Events among exposures, such as failed calls among calls, as counters of an OpenMetrics text tell: the candidate's
    /// beside the running version's over the same minutes, region by region.</summary>
    /// <param name="AtMost">The share that is borne even when the running version does better: 0 to 1.</param>
    /// <param name="Ratio">How many times the running version's share is borne: 1 to 100.</param>
    /// <param name="AtLeast">Exposures that the candidate must have had before the signal can be healthy.</param>
    public sealed record Metric(MetricPlace At, MetricSeries Events, MetricSeries Exposures, double AtMost, double Ratio, int AtLeast) : SignalRule;

    /// <summary>A neighbour's own health endpoint answers 200 and, if text, <c>Healthy</c>. Says nothing of who is the cause.</summary>
    /// <param name="Address">For example <c>http://catalog.internal/health/ready</c>; null: as the platform observes the neighbour.</param>
    /// <param name="Answer">What a healthy answer holds; null: a 200 that does not say otherwise is healthy.</param>
    public sealed record Health(
        Uri? Address,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] HealthyAnswer? Answer = null) : SignalRule;

    /// <summary>Judged from the edges' counts.</summary>
    [JsonIgnore]
    public bool IsTraffic => this is ErrorRate or Latency;
}

/// <summary>One request and what its answer must be.</summary>
/// <param name="Body">JSON text, or null.</param>
/// <param name="Status">The status that is expected.</param>
/// <param name="Contains">A text that the answer must hold, or null.</param>
public sealed record JourneyStep(string Method, string Path, string? Body, int Status, string? Contains);
