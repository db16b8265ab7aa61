namespace Tidegate;

/// <summary>An absolute limit that a deciding signal declares. It never rolls a release back by itself where a version
/// runs.</summary>
/// <param name="Signal">Its name, for people.</param>
/// <param name="AtMost">Share of the requests: failed ones, or slow ones.</param>
public sealed record RolloutLimit(string Signal, double AtMost);
