namespace Tidegate.Engine.Simulation;

/// <summary>A piece of time in which nothing changes in a region.</summary>
/// <param name="At">Where it begins, in seconds.</param>
/// <param name="Requests">That the region expects each second.</param>
internal readonly record struct SimulatedSlice(
    SimulatedWeather Weather, int Region, double At, double Seconds, double Requests)
{
    public double Expected => Requests * Seconds;
}
