namespace Tidegate.Engine.Simulation;

/// <summary>A walk of the journeys against one version: three requests, each to any of its instances.</summary>
internal static class SimulatedJourney
{
    private const int Requests = 3;

    public static bool Fails(
        SimulatedContext context, SimulatedArm arm, in SimulatedSlice slice, SimulatedFault? fault, double now)
    {
        if (fault is { JourneyOnly: true }) return true;
        if (!context.World.JourneysAsUsers) return false;

        var (failing, ready) = (0.0, 0);
        foreach (var instance in arm.Instances)
        {
            if (now < instance.ReadyAt) continue;
            failing += arm.Odds.Chance(instance, slice);
            ready++;
        }

        var well = 1 - (failing / ready);
        if (fault is not null)
        {
            // A fault of one endpoint is met by about half of what a walk asks for.
            var met = fault.Endpoint is null ? 1 : 0.5;
            well *= (1 - (met * fault.Errors)) * (1 - (met * fault.NotFound)) * (1 - (met * fault.EmptyBody));
        }

        return context.Probes.Chance(1 - Math.Pow(Math.Clamp(well, 0, 1), Requests));
    }
}
