namespace Tidegate.Edge;

/// <summary>Where an edge sends requests. A change is a new routing, which holds for every request from that instant on.</summary>
/// <param name="Endpoints">Templates such as <c>GET /orders/{id}</c> by which requests are counted; others count as <c>other</c>.</param>
public sealed record EdgeRouting(IReadOnlyList<EdgeVersion> Versions, IReadOnlyList<string> Endpoints)
{
    public static EdgeRouting Empty { get; } = new([], []);
}

/// <param name="Weight">Share relative to the other versions; with 0 only a probe that asks for the version reaches it.</param>
/// <param name="Instances">Those that were seen ready. The edge trusts this list and never adds one by itself.</param>
public sealed record EdgeVersion(string Digest, int Weight, IReadOnlyList<EdgeInstance> Instances);

/// <param name="Address"><c>http://host:port</c>, or <c>unix:</c> and the path of a socket.</param>
public sealed record EdgeInstance(string Id, string Address);
