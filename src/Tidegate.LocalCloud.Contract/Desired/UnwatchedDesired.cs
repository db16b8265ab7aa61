namespace Tidegate.LocalCloud.Contract;

/// <summary>A dead man's switch: what a region does by itself when nobody confirms any more that it is
/// watched.</summary>
/// <param name="AfterSeconds">Without a confirmation, counted from the desired state on: 0.1 to 2 592 000 (30
/// days).</param>
/// <param name="Weights">By digest of the desired versions, in hundredths of a percent; together 10 000. Only requests
/// go elsewhere: no instance is started or stopped.</param>
public sealed record UnwatchedDesired(double AfterSeconds, IReadOnlyDictionary<string, int> Weights);
