namespace Tidegate;

/// <summary>What the edges of an environment counted, read together so that both versions are seen over the same minutes.</summary>
public abstract record TrafficReading
{
    private TrafficReading() { }

    public sealed record Counted(IReadOnlyList<VersionTraffic> Versions) : TrafficReading;

    public sealed record SourceFailed(string Because) : TrafficReading;
}
