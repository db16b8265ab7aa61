namespace Tidegate;

/// <summary>Where an OpenMetrics text is read: on every instance of every version, or at one address.</summary>
/// <param name="Path">On each instance, for example <c>/metrics</c>; null when there is an address.</param>
/// <param name="Address">Where a neighbour tells of us; null when there is a path.</param>
/// <param name="VersionLabel">At an address: the label whose value is the digest of the version that answered. Null: it cannot be told,
/// and then the counts may hold a release and never roll one back.</param>
public sealed record MetricPlace(string? Path, Uri? Address, string? VersionLabel);

/// <summary>Which series of the text count.</summary>
/// <param name="Name">For example <c>dependency_calls_total</c>.</param>
/// <param name="Labels">What each label must be.</param>
/// <param name="Sum">Several series are added up; otherwise a second one is an error, since nobody said which is meant.</param>
public sealed record MetricSeries(string Name, IReadOnlyDictionary<string, string> Labels, bool Sum)
{
    public override string ToString() =>
        Labels.Count == 0 ? Name : $"{Name}{{{string.Join(",", Labels.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => $"{l.Key}=\"{l.Value}\""))}}}";
}
