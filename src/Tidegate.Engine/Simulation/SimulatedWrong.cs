namespace Tidegate.Engine.Simulation;

/// <summary>What the candidate's fault does to its requests; each one that it spoils is counted as bad.</summary>
internal sealed class SimulatedWrong(SimulatedContext context, SimulatedTally tally)
{
    /// <summary>Latencies with the fault; those that are too slow by it are bad.</summary>
    public LatencyModel Slower(SimulatedFault fault, LatencyShape shape, LatencyModel usual, long requests)
    {
        if (fault is { Latency: 0, Median: 0 }) return usual;

        var slower = shape with { Scale = shape.Scale * (1 + fault.Median), Tail = fault.Latency };
        var model = context.Models.Of(slower);
        context.Bad += requests * Math.Max(0, model.TooSlow - usual.TooSlow);
        return model;
    }

    /// <summary>How many more fail, of those that do not fail anyway.</summary>
    public long Failures(SimulatedFault fault, long left)
    {
        if (fault is not { Errors: > 0, Endpoint: null }) return 0;

        var clustered = context.World.Cluster > 1 && fault.Errors < 0.5;
        var more = clustered
            ? context.Counts.Clustered(left, fault.Errors, context.World.Cluster)
            : context.Counts.Binomial(left, fault.Errors);
        context.Bad += more;
        return more;
    }

    /// <summary>What it does by endpoint. <paramref name="left"/> has what is well so far.</summary>
    /// <returns>How many were broken off, and are sent again elsewhere.</returns>
    public long Spoil(SimulatedInstance instance, SimulatedFault fault, Span<long> left)
    {
        var again = 0L;
        for (var e = 0; e < left.Length; e++)
        {
            if (fault.LostFirstTries > 0)
            {
                var lost = Drawn(fault.LostFirstTries, left, e);
                tally.Break(instance, e, lost);
                if (context.Reads[e]) again += lost;
            }

            if (fault.Endpoint is not null && fault.Endpoint != context.Endpoints.All[e]) continue;
            if (fault is { Errors: > 0, Endpoint: not null }) tally.Fail(instance, e, Drawn(fault.Errors, left, e));
            if (fault.NotFound > 0) tally.NotFound(instance, e, Drawn(fault.NotFound, left, e));
            if (fault.EmptyBody > 0) tally.Empty(instance, e, Drawn(fault.EmptyBody, left, e));
        }

        return again;
    }

    private long Drawn(double share, Span<long> left, int endpoint)
    {
        var drawn = context.Counts.Binomial(left[endpoint], share);
        left[endpoint] -= drawn;
        context.Bad += drawn;
        return drawn;
    }
}
