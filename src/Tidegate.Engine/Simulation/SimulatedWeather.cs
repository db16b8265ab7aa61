namespace Tidegate.Engine.Simulation;

/// <summary>What hits every version alike, in windows of 5 s from an hour before the beginning on.</summary>
/// <remarks>Its random numbers are its own: whoever releases meets the same weather.</remarks>
internal sealed class SimulatedWeather
{
    public const double Window = 5;

    /// <summary>Seconds from the beginning of the weather to the beginning of the simulation.</summary>
    public const double Before = 3600;

    public const int Zones = 3;

    private readonly SimulatedWorld _world;
    private readonly Generator _random;
    private readonly double[] _factor;
    private readonly double[] _jobAt;
    private readonly double[] _jobUntil;
    private readonly int[] _jobTurn;
    private readonly SimulatedIncident[] _incidents;

    public SimulatedWeather(SimulatedWorld world, ulong seed, int regions)
    {
        (_world, _random, At) = (world, new Generator(seed), -Before);
        var spread = world.RegionSpread;
        _factor = [.. Enumerable.Range(0, regions).Select(_ => Spread(_random, spread))];
        (_jobAt, _jobUntil, _jobTurn) = (new double[regions], new double[regions], new int[regions]);
        for (var r = 0; r < regions && world.Job is not null; r++)
        {
            _jobAt[r] = At + (world.Job.Every.TotalSeconds * _random.Uniform());
            _jobUntil[r] = double.NegativeInfinity;
            _jobTurn[r] = (int)(_random.Uniform() * 60);
        }

        _incidents = world.Incidents is { } incidents
            ? [.. Enumerable.Range(0, incidents.Where == IncidentPlace.Zone ? regions : 1)
                .Select(r => new SimulatedIncident(incidents, _random, regions, r))]
            : [];
        Draw();
    }

    /// <summary>Where the window begins: seconds since the simulation began.</summary>
    public double At { get; private set; }

    public double Until => At + Window;

    /// <summary>Times the failures of a region.</summary>
    public double Factor(int region) => _factor[region];

    /// <summary>Extra share of failures; above 0 means that an incident is on there.</summary>
    public double Incident(int region, int zone)
    {
        var extra = 0.0;
        foreach (var incident in _incidents) extra += incident.Extra(region, zone);
        return extra;
    }

    /// <summary>Which instance of the region works beside its requests; null: none.</summary>
    /// <param name="instances">How many there are.</param>
    public int? Busy(int region, int instances) =>
        _world.Job is not null && At < _jobUntil[region] && instances > 0 ? _jobTurn[region] % instances : null;

    /// <summary>Times the requests that are expected.</summary>
    public double Rate(double at) => _world.Traffic * (_world.Day is { } day
        ? 1 + ((day.Peak - 1) * (1 - Math.Cos(Math.PI * at / day.At.TotalSeconds)) / 2)
        : 1);

    public void Next()
    {
        At += Window;
        Draw();
    }

    public static double Spread(Generator random, double deviation) =>
        deviation > 0 ? Math.Exp((deviation * random.Normal()) - (deviation * deviation / 2)) : 1;

    private void Draw()
    {
        foreach (var incident in _incidents) incident.Next();
        if (_world.Job is not { } job) return;

        for (var r = 0; r < _jobAt.Length; r++)
        {
            if (At < _jobAt[r]) continue;
            _jobAt[r] += job.Every.TotalSeconds;
            _jobUntil[r] = At + job.Lasts.TotalSeconds;
            _jobTurn[r]++;
        }
    }
}

/// <summary>One place of incidents: on or off, window by window.</summary>
internal sealed class SimulatedIncident(SimulatedIncidents incidents, Generator random, int regions, int home)
{
    private readonly double _begins = 1 - Math.Exp(-SimulatedWeather.Window / incidents.Every.TotalSeconds);
    private readonly double _ends = 1 - Math.Exp(-SimulatedWeather.Window / incidents.Lasts.TotalSeconds);
    private double _extra;
    private int _region;
    private int _zone;

    public double Extra(int region, int zone) => incidents.Where switch
    {
        IncidentPlace.Region => region == _region ? _extra : 0,
        IncidentPlace.Zone => region == home && zone == _zone ? _extra : 0,
        _ => _extra,
    };

    public void Next()
    {
        if (_extra > 0)
        {
            if (random.Chance(_ends)) _extra = 0;
            return;
        }

        if (!random.Chance(_begins)) return;
        _extra = Math.Exp(random.Between(Math.Log(incidents.From), Math.Log(incidents.To)));
        _region = (int)(random.Uniform() * regions);
        _zone = (int)(random.Uniform() * SimulatedWeather.Zones);
    }
}
