using Tidegate.GateBenchmark.Scenarios;

namespace Tidegate.GateBenchmark.Worlds;

/// <summary>What hits both versions alike, window by window: traffic, shared failures, shared slowness, missing telemetry.</summary>
internal sealed class Weather
{
    public const double Window = 5;
    private const double Period = 10800;

    private readonly Scenario _scenario;
    private readonly Generator _random;
    private readonly double _outage;
    private double _incident;
    private bool _gap;

    /// <param name="start">Seconds before the release at which it begins (0 or negative).</param>
    public Weather(Scenario scenario, Generator random, double start)
    {
        (_scenario, _random, At) = (scenario, random, start);
        _outage = scenario.Environment == EnvironmentKind.Nodata ? random.Between(120, 420) : double.PositiveInfinity;
        Now();
    }

    /// <summary>Seconds since the release began.</summary>
    public double At { get; private set; }

    /// <summary>Requests per second of both versions.</summary>
    public double Rate { get; private set; }

    /// <summary>The control's failure probability.</summary>
    public double FailureRate { get; private set; }

    /// <summary>Factor on every latency.</summary>
    public double Slowness { get; private set; }

    /// <summary>Neither version's telemetry arrives.</summary>
    public bool Missing { get; private set; }

    public void Advance()
    {
        At += Window;
        if (_scenario.Environment == EnvironmentKind.Incidents)
        {
            if (_incident == 0 && _random.Chance(1 - Math.Exp(-Window / 1200))) _incident = Math.Pow(10, _random.Between(-2, Math.Log10(0.3)));
            else if (_incident > 0 && _random.Chance(1 - Math.Exp(-Window / 180))) _incident = 0;
        }
        else if (_scenario.Environment == EnvironmentKind.Nodata)
        {
            _gap = _random.Chance(1 - Math.Exp(-Window / (_gap ? 30 : 120))) != _gap;
        }

        Now();
    }

    private void Now()
    {
        var season = _scenario.Environment == EnvironmentKind.Diurnal ? Math.Sin(2 * Math.PI * At / Period) : 0;
        Rate = _scenario.Rps * (1 + (0.6 * season));
        FailureRate = (_scenario.Service.FailureRate * (1 + (0.8 * season))) + _incident;
        Slowness = _scenario.Service.Slowness * (1 + (0.25 * season)) * (_incident > 0 ? 1.6 : 1);
        Missing = _gap || (At >= _outage && At < _outage + 300);
    }
}
