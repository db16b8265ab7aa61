namespace Tidegate;

/// <summary>What each instance of one and the same version did over the same seconds.</summary>
/// <param name="Instances">By the instance's name; one that took no request may be left out.</param>
public sealed record SplitWindow(IReadOnlyDictionary<string, InstanceCounts> Instances);

/// <summary>One instance in one window.</summary>
/// <param name="Requests">Answered or failed.</param>
/// <param name="Failures">Of the requests: 5xx, or no answer.</param>
/// <param name="Slow">Of the requests: beyond the version's own 99th percentile.</param>
public readonly record struct InstanceCounts(long Requests, long Failures, long Slow)
{
    internal EventCount Failed => new(Failures, Requests);

    internal EventCount Slowed => new(Slow, Requests);
}
