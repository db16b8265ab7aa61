namespace Tidegate.Engine.Simulation;

/// <summary>What an instance's requests have to expect in a slice of time, the candidate's fault aside.</summary>
internal sealed class SimulatedOdds(SimulatedContext context, ArtifactDigest digest)
{
    /// <summary>Requests take so many times as long in an incident.</summary>
    private const double Unwell = 1.6;

    private double _churnUntil = double.NegativeInfinity;

    /// <summary>The instance that works beside its requests; null: none.</summary>
    public SimulatedInstance? Busy { get; set; }

    /// <summary>The share has risen: connections are new.</summary>
    public void Churn(double at)
    {
        if (context.World.Churn is { } churn) _churnUntil = at + churn.Lasts.TotalSeconds;
    }

    /// <summary>The share that fails.</summary>
    public double Failing(SimulatedInstance instance, in SimulatedSlice slice)
    {
        var share = 1 - ((1 - Chance(instance, slice)) * (1 - context.Behaviour(digest).ErrorRate));
        return context.SharedDown ? Math.Max(share, SimulatedPlatform.Outage) : share;
    }

    /// <summary>The part of it that the world makes.</summary>
    public double Chance(SimulatedInstance instance, in SimulatedSlice slice)
    {
        var world = context.World;
        var share = world.Failure * slice.Weather.Factor(slice.Region) * instance.Factor;
        if (world.Start is { Fails: true } start) share *= 1 + (start.Strength * Youth(instance, slice, start));

        share += slice.Weather.Incident(slice.Region, instance.Zone);
        if (instance == Busy) share += world.Job!.Failure;
        if (world.Churn is { } churn && slice.At < _churnUntil)
        {
            share += churn.Failure * Math.Min(1, (_churnUntil - slice.At) / Math.Max(slice.Seconds, 1e-9));
        }

        return Math.Min(1, share);
    }

    /// <summary>How long they take.</summary>
    public LatencyShape Shape(SimulatedInstance instance, in SimulatedSlice slice)
    {
        var world = context.World;
        var (scale, often) = (slice.Weather.Incident(slice.Region, instance.Zone) > 0 ? Unwell : 1.0, 1.0);
        if (world.Cache is { } cache && instance.Age(slice.At) < cache.Lasts.TotalSeconds) scale *= 1 + cache.Slower;
        if (world.Start is { Fails: false } start)
        {
            // In twentieths, so that few shapes are met.
            often += Math.Round(20 * start.Strength * Youth(instance, slice, start)) / 20;
        }

        var paused = world.Pauses is { } pauses && instance.Paused ? pauses.Slow : 0;
        return new(scale, 0, often, paused, context.Behaviour(digest).SlowShare);
    }

    /// <summary>The share of calls to the callee that fail.</summary>
    public double Calls(in SimulatedSlice slice)
    {
        var shared = context.World.Incidents is { Where: not IncidentPlace.Zone };
        var share = context.World.CallsFail + (shared ? slice.Weather.Incident(slice.Region, 0) : 0);
        share = Math.Max(Math.Min(1, share), context.Behaviour(digest).FailedCalls);
        return context.SharedDown ? Math.Max(share, SimulatedPlatform.Outage) : share;
    }

    private static double Youth(SimulatedInstance instance, in SimulatedSlice slice, SimulatedStart start) =>
        Math.Exp(-instance.Age(slice.At) / start.Lasts.TotalSeconds);
}
