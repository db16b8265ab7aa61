namespace Tidegate.LocalCloud.Contract;

/// <summary>All that is wanted of one region. Sending it twice changes nothing; an older generation is refused.</summary>
/// <param name="Generation">Rises with each change. The same number with other content is refused.</param>
/// <param name="Operation">Stamped on whatever is made for it, 1 to 200 characters.</param>
/// <param name="Versions">What runs here; empty empties the region.</param>
/// <param name="Endpoints">Templates such as <c>GET /orders/{id}</c> by which requests are counted; others count as <c>other</c>.</param>
/// <param name="Traffic">Synthetic users, or null for none.</param>
/// <param name="StartDeadlineSeconds">An instance that is not ready this long after its process began has failed: 1 to 600.</param>
/// <param name="Unwatched">What happens when nobody confirms that the region is watched; null: nothing.</param>
/// <param name="DrainDeadlineSeconds">How long an instance may take to end its requests, and again to end itself: 1 to 600.</param>
public sealed record RegionDesired(
    long Generation,
    string Operation,
    IReadOnlyList<VersionDesired> Versions,
    IReadOnlyList<string> Endpoints,
    TrafficProfile? Traffic = null,
    int StartDeadlineSeconds = 30,
    int DrainDeadlineSeconds = 30,
    UnwatchedDesired? Unwatched = null);
