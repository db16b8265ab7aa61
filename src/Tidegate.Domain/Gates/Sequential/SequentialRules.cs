namespace Tidegate;

/// <summary>Options and reference of one release, with what follows from them worked out once.</summary>
internal sealed class SequentialRules
{
    public SequentialRules(SequentialOptions options, GateReference reference)
    {
        (Options, Reference) = (options, reference);
        Question = RateRatio.FailuresBeyond(options.Tolerance);
        Failures = Tempering.For(reference.Dispersion);
        Slowness = Tempering.For(reference.SlowDispersion);
        Hazard = ChangePoint.Hazard(options.Window);
        WindowsPerMinute = Math.Max(1, (int)Math.Round(TimeSpan.FromMinutes(1) / options.Window));
        WindowsPerRamp = Math.Max(1, (int)Math.Round(options.RampEvery / options.Window));
        Coverable = [.. reference.EndpointShares.Select(s =>
            s * reference.RequestsPerSecond * options.SoakWeight * options.LowTrafficTime.TotalSeconds >= options.EndpointFloor)];
        ExpectedEvidenceTime = Expected(options, reference);
    }

    public SequentialOptions Options { get; }

    public GateReference Reference { get; }

    public RateRatio Question { get; }

    public Tempering Failures { get; }

    public Tempering Slowness { get; }

    public double Hazard { get; }

    public int WindowsPerMinute { get; }

    public int WindowsPerRamp { get; }

    /// <summary>Which endpoints have enough traffic to meet their floor; the others are listed as not covered.</summary>
    public IReadOnlyList<bool> Coverable { get; }

    /// <summary>How long the evidence for a promotion takes in the mean, for a candidate that fails as often as the baseline.</summary>
    public TimeSpan ExpectedEvidenceTime { get; }

    /// <summary>The weight that risks the harm budget at this bound, within the ramp's limits.</summary>
    public double Weight(double worstRate) => Math.Clamp(
        Options.HarmBudget / (Reference.RequestsPerSecond * worstRate * Options.Reaction.TotalSeconds),
        Options.FirstWeight,
        Options.SoakWeight);

    private static TimeSpan Expected(SequentialOptions options, GateReference reference)
    {
        var harm = options.Margin.Harm;
        var gain = 0.0;
        foreach (var share in new[] { 0.5, 0.25, 0.05 })
        {
            var rate = harm * share;
            gain = Math.Max(gain, (reference.FailureRate * Math.Log(share))
                + ((1 - reference.FailureRate) * (LogDomain.LogOnePlus(-rate) - LogDomain.LogOnePlus(-harm))));
        }

        var seconds = gain <= 0 ? double.MaxValue : Math.Log(6 / options.Beta) / (gain * reference.RequestsPerSecond * options.SoakWeight);
        return seconds < TimeSpan.MaxValue.TotalSeconds / 2 ? TimeSpan.FromSeconds(seconds) : TimeSpan.MaxValue;
    }
}
