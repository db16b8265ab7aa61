namespace Tidegate;

/// <summary>Public where the gate is; the edge has the same list for itself.</summary>
public static partial class LatencyBuckets;
