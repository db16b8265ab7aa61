using Tidegate.GateBenchmark.Scenarios;

namespace Tidegate.GateBenchmark.Worlds;

/// <summary>How the candidate behaves in this weather, and what it costs.</summary>
internal sealed class Candidate(Scenario scenario)
{
    private readonly Fault _fault = scenario.Fault;
    private readonly double _excessSlow = scenario.Fault is { Lat: 0, All: 0 }
        ? 0
        : Latency.ExcessSlow(1 + scenario.Fault.All, Latency.Stretch(scenario.Fault.Lat));

    public double Stretch { get; } = Latency.Stretch(scenario.Fault.Lat);

    public bool Silent => _fault.Blackhole;

    /// <summary>Its failure probability, endpoint 0's own fault aside.</summary>
    public double FailureRate(Weather weather)
    {
        var harmless = Math.Min(1, weather.FailureRate * (1 + _fault.Hetero) * (1 + (_fault.Warm * Math.Exp(-weather.At / 60))));
        return 1 - ((1 - harmless) * (1 - (_fault.Err * _fault.Severity(weather.At))));
    }

    /// <summary>Added failure probability at endpoint 0.</summary>
    public double EndpointFault(Weather weather) => _fault.Ep0 * _fault.Severity(weather.At);

    public double Slowness(Weather weather) =>
        weather.Slowness * (1 + _fault.All) * (_fault.Hetero > 0 ? 1.02 : 1) * (1 + (0.5 * _fault.Warm * Math.Exp(-weather.At / 60)));

    public double Memory(Weather weather) => _fault.MemoryPerMinute * weather.At / 60;

    /// <summary>Expected failed or too slow requests per second that are the release's fault, at full weight.</summary>
    public double HarmPerSecond(Weather weather)
    {
        var severity = _fault.Severity(weather.At);
        var failed = (1 - weather.FailureRate) * ((_fault.Err * severity) + (EndpointShares.First * _fault.Ep0 * severity * (1 - (_fault.Err * severity))));
        return weather.Rate * (failed + _excessSlow);
    }

    public bool IsHarmless => _fault is { Err: 0, Lat: 0, All: 0, Ep0: 0 };
}

internal static class EndpointShares
{
    public const int Count = 20;
    public const double First = 0.01;

    public static double[] All { get; } = [First, .. Enumerable.Repeat(0.99 / 19, Count - 1)];
}
