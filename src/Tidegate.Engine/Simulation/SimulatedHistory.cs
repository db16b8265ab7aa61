namespace Tidegate.Engine.Simulation;

/// <summary>What each instance that is routed to now counted in the windows before, drawn when somebody asks.</summary>
internal sealed class SimulatedHistory(
    SimulatedContext context,
    SimulatedWeather weather,
    DeploymentEnvironment declared,
    IReadOnlyList<SimulatedRegion> regions)
{
    private readonly record struct Row(
        int Region, SimulatedArm Arm, double Share, SimulatedInstance Instance, List<HistoryWindow> Windows);

    private readonly Generator _random = new(context.Seed + (4UL << 40));

    // A few edges: what lies between them is not asked of the past.
    private readonly LatencyModels _models =
        new(LatencyBoundaries.Around(context.World.Median, context.World.Sigma, below: 1, above: 1), context.World);

    public TrafficHistory Draw(double now, double span)
    {
        var rows = Rows().ToList();
        Span<long> cells = stackalloc long[_models.Edges.Length + 1];
        for (; weather.Until <= now; weather.Next())
        {
            if (weather.At < now - span) continue;
            foreach (var region in regions) region.Occupy(weather);
            foreach (var row in rows)
            {
                if (weather.At < row.Instance.Started) continue;
                var requests = declared.Regions[row.Region].RequestsPerSecond * weather.Rate(Math.Max(0, weather.At));
                var slice = new SimulatedSlice(weather, row.Region, weather.At, SimulatedWeather.Window, requests);
                row.Windows.Add(Window(row.Arm, row.Instance, slice, row.Share, cells));
            }
        }

        return new(TimeSpan.FromSeconds(SimulatedWeather.Window), [.. rows.Select(r =>
            new InstanceHistory(regions[r.Region].Name, r.Arm.Digest, r.Instance.Id, r.Windows))]);
    }

    private IEnumerable<Row> Rows() =>
        from r in Enumerable.Range(0, regions.Count)
        where declared.Regions[r].RequestsPerSecond > 0
        from routed in regions[r].Routed
        where routed.Share > TrafficShare.None
        from instance in routed.Arm.Instances
        select new Row(r, routed.Arm, routed.Share.Ratio / routed.Arm.Instances.Count, instance, new(720));

    private HistoryWindow Window(
        SimulatedArm arm, SimulatedInstance instance, in SimulatedSlice slice, double share, Span<long> cells)
    {
        var world = context.World;
        var requests = _random.Poisson(slice.Expected * share);
        var failed = _random.Clustered(requests, arm.Odds.Failing(instance, slice), world.Cluster);
        var shape = arm.Odds.Shape(instance, slice) with
        {
            Paused = world.Pauses is { } pauses && _random.Chance(pauses.Windows) ? pauses.Slow : 0,
        };
        cells.Clear();
        _models.Of(shape).Draw(_random, requests, cells);
        return new(requests, failed, _models.Counted(cells));
    }
}
