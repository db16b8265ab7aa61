namespace Tidegate.LocalCloud.Contract;

/// <summary>What the synthetic users saw since the region began. They count for themselves, apart from the edge.</summary>
/// <param name="Failed">Answered with 500 or more, or not at all.</param>
/// <param name="Skipped">Not sent, since too many were still waiting for an answer.</param>
public sealed record UsersObserved(long Sent, long Failed, long Skipped);
