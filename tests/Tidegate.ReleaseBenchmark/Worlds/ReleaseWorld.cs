using Tidegate.Engine.Simulation;

namespace Tidegate.ReleaseBenchmark.Worlds;

/// <summary>A world, and what is right in it.</summary>
internal sealed record ReleaseWorld(string Name, Expected Expected, string About, SimulatedWorld World)
{
    /// <summary>A fault that begins later than this is met by a longer watch only.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(90);

    public TimeSpan FaultBegins => World.Fault?.From ?? TimeSpan.Zero;

    /// <summary>How long this world is watched, whatever was asked for; null: as asked for.</summary>
    public TimeSpan? Watch => FaultBegins > Late ? 2 * FaultBegins : null;
}

internal enum Expected
{
    Release,
    Rollback,

    /// <summary>Nothing is right or wrong: it is played to be looked at.</summary>
    Either,
}
