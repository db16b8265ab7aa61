namespace Tidegate.LocalCloud.Contract;

/// <summary>What the synthetic users of a region do.</summary>
/// <param name="RequestsPerSecond">More than 0, at most 2 000.</param>
/// <param name="Seed">The same seed gives the same sequence of requests.</param>
public sealed record TrafficProfile(double RequestsPerSecond, int Seed, IReadOnlyList<UserRequest> Requests);

/// <param name="Path">Begins with a slash. <c>{n}</c> becomes a number from 1 to 50.</param>
/// <param name="Weight">How often, relative to the others: 1 to 10 000.</param>
/// <param name="Body">JSON text, or null for none.</param>
public sealed record UserRequest(string Method, string Path, int Weight, string? Body = null);
