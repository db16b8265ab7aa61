namespace Tidegate;

/// <summary>What one counter tells of the edge between a version and its neighbour; cumulative, as its source keeps it.</summary>
/// <param name="Source">Who counts: an instance, or an address. A counter is compared only with itself.</param>
/// <param name="Region">Where; empty when the source tells of no region.</param>
/// <param name="Version">Which version's edge it is; null when the source cannot tell.</param>
/// <param name="Count">So many bad among so many.</param>
public sealed record CountedEdge(string Source, string Region, ArtifactDigest? Version, EventCount Count);
