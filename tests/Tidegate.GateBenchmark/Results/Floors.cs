using Tidegate.GateBenchmark.Scenarios;

namespace Tidegate.GateBenchmark.Results;

/// <summary>What no gate could undercut in a scenario of added failures.</summary>
/// <param name="Information">Bad requests until any test at the soak's weight can be sure.</param>
/// <param name="Reaction">Bad requests until a rollback at the first weight can have its effect.</param>
internal readonly record struct Floors(double Information, double Reaction, double Seconds)
{
    public double Largest => Math.Max(Information, Reaction);

    public static Floors Of(Scenario scenario, SequentialOptions options)
    {
        const double usual = 0.001;
        var faulty = Math.Min(1 - 1e-9, 1 - ((1 - usual) * (1 - scenario.Fault.Err)));
        var weight = options.SoakWeight;
        var seconds = Math.Log(1 / options.Alpha) / PhysicalFloor.InformationPerSecond(scenario.Rps, weight, usual, faulty);
        var first = Math.Clamp(options.HarmBudget / (scenario.Rps * options.Reaction.TotalSeconds), options.FirstWeight, weight);
        return new(seconds * weight * scenario.Rps * (faulty - usual), first * scenario.Rps * (faulty - usual) * options.Reaction.TotalSeconds, seconds);
    }
}
