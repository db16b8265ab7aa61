namespace Tidegate.Engine.Simulation;

/// <summary>One environment: its regions, and the weather over them.</summary>
internal sealed class SimulatedEnvironment
{
    private readonly SimulatedContext _context;
    private readonly ulong _seed;
    private readonly SimulatedWeather _weather;
    private readonly DeploymentEnvironment _declared;

    public SimulatedEnvironment(SimulatedContext context, DeploymentEnvironment declared, int number, double now)
    {
        (_context, _declared, _seed) = (context, declared, context.Seed + ((ulong)(number + 8) << 40));
        _weather = new(context.World, _seed, declared.Regions.Count);
        while (_weather.Until <= now) _weather.Next();
        Regions = [.. declared.Regions.Select((r, i) => new SimulatedRegion(context, r, i, now))];
    }

    public SimulatedRegion[] Regions { get; }

    public SimulatedRegion this[string region]
    {
        get
        {
            foreach (var one in Regions) if (one.Name == region) return one;
            throw new KeyNotFoundException(region);
        }
    }

    public SimulatedWeather Weather => _weather;

    /// <summary>Lives until then. What is only looked at needs no requests of the window that is on.</summary>
    public void Advance(double now, bool requests)
    {
        while (_weather.Until <= now)
        {
            foreach (var region in Regions) region.Flow(_weather, _weather.Until);
            _weather.Next();
            foreach (var region in Regions) region.Window(_weather);
        }

        foreach (var region in Regions) if (requests || region.ChangesUntil(now)) region.Flow(_weather, now);
    }

    /// <summary>Draws what each instance counted before now, in the same weather.</summary>
    public TrafficHistory History(double now, TimeSpan span)
    {
        var weather = new SimulatedWeather(_context.World, _seed, Regions.Length);
        var history = new SimulatedHistory(_context, weather, _declared, Regions).Draw(now, span.TotalSeconds);
        foreach (var region in Regions) region.Occupy(_weather); // as it is now, not as it was then
        return history;
    }
}
