namespace Tidegate.Engine.Simulation;

/// <summary>How a version behaves in the simulation. All is off by default, and journeys do not meet it.</summary>
/// <param name="ErrorRate">Share of its requests that fail, on top of a shared incident.</param>
/// <param name="SlowShare">Share of its requests that are slow (longer than any limit).</param>
/// <param name="CrashesAtStart">Its instances never become ready.</param>
/// <param name="LeakMebibytesPerSecond">Memory that each instance keeps.</param>
/// <param name="WritesUnreadableData">What it writes no other version can read.</param>
/// <param name="FailedCalls">Share of its calls to the callee that fail though the callee is well.</param>
/// <param name="JourneysFail">Whatever its users see.</param>
public sealed record SimulatedVersion(
    double ErrorRate = 0,
    double SlowShare = 0,
    bool CrashesAtStart = false,
    double LeakMebibytesPerSecond = 0,
    bool WritesUnreadableData = false,
    double FailedCalls = 0,
    bool JourneysFail = false)
{
    public static SimulatedVersion Healthy { get; } = new();
}
