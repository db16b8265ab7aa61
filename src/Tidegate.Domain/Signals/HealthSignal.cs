using System.Text.Json.Serialization;

namespace Tidegate;

/// <summary>What is watched. Declared once, used in pre-production and production alike.</summary>
/// <param name="Name">Unique among the signals, for example <c>errors</c>.</param>
/// <param name="Rule">How a reading is judged.</param>
/// <param name="Scope">Whose health it is.</param>
/// <param name="Role">What a bad reading leads to.</param>
/// <param name="NoData">What a missing reading means; required, so that nobody inherits an answer.</param>
/// <param name="Tolerance">How many bad or missing readings are borne.</param>
/// <param name="Neighbour">Which caller or callee, as the service graph names it; null for the service's own health.</param>
public sealed record HealthSignal(
    string Name,
    SignalRule Rule,
    SignalScope Scope,
    SignalRole Role,
    NoDataPolicy NoData,
    SignalTolerance Tolerance,
    string? Neighbour = null)
{
    /// <summary>A bad reading on its own is this release's fault. A neighbour's health never is: only counts of both versions over
    /// the same minutes, or what the candidate's own instances tell, say who caused it.</summary>
    [JsonIgnore]
    public bool BlamesRelease => Scope == SignalScope.Own || Rule.IsTraffic || Rule is SignalRule.Metric { At.Path: not null };

    /// <summary>Whose health it is, for people.</summary>
    [JsonIgnore]
    public string Whose => Scope switch
    {
        SignalScope.Upstream => $"the caller {Neighbour}",
        SignalScope.Downstream => $"the callee {Neighbour}",
        _ => "the service",
    };
}

[JsonConverter(typeof(JsonStringEnumConverter<SignalScope>))]
public enum SignalScope
{
    Own,

    /// <summary>Who calls the service.</summary>
    Upstream,

    /// <summary>What the service calls.</summary>
    Downstream,
}

[JsonConverter(typeof(JsonStringEnumConverter<SignalRole>))]
public enum SignalRole
{
    /// <summary>The first bad reading beyond the tolerance is a verdict of Unhealthy.</summary>
    Critical,

    /// <summary>As critical, with a tolerance of two more bad readings unless one is declared.</summary>
    Normal,

    /// <summary>Measured and reported, never decides.</summary>
    Shadow,
}

[JsonConverter(typeof(JsonStringEnumConverter<NoDataPolicy>))]
public enum NoDataPolicy
{
    /// <summary>Not enough evidence: the bake goes on, up to its maximum, then a person is asked.</summary>
    Hold,

    /// <summary>As bad as a bad reading.</summary>
    Fail,
}

/// <summary>How much is borne before a signal's verdict.</summary>
/// <param name="Failures">Bad readings in one bake, in all, that are borne. Default 0.</param>
/// <param name="ConsecutiveErrors">Readings in a row that could not be taken, that are borne. Default 4; beyond it the verdict is Error.</param>
public sealed record SignalTolerance(int Failures, int ConsecutiveErrors)
{
    public static SignalTolerance For(SignalRole role) => new(role == SignalRole.Normal ? 2 : 0, 4);
}
