namespace Tidegate.Pipeline.Declared;

/// <summary>How the new version is compared with the running one, as it is written. Whatever is left out is the measured default of docs/gate.md.</summary>
internal sealed record DeclaredComparison(
    Place At,
    SequentialOptions Options,
    string Name,
    double Dispersion,
    double SlowDispersion,
    int LatencyTolerance,
    int LatencyMargin,
    double? MemoryLimitMebibytes,
    double KeepWarm,
    double Confidence,
    bool FreshBaseline,
    bool EveryRegion,
    CapRule AtCap,
    DeclaredShadow? Shadow)
{
    private static readonly SequentialOptions Default = SequentialOptions.Default;

    public static ObjectForm<DeclaredComparison> Form { get; } = new("comparison", Read);

    private static DeclaredComparison Read(Members at)
    {
        at.Remark("about", "A remark for readers.");
        return new(
            at.At,
            Settings(at),
            at.Optional("name", Forms.Name, "default", "These settings' own name: evidence and records tell it."),
            at.Optional("dispersion", Forms.Dispersion, 1, "How much more than chance failed requests vary between instances of one version: HealthGate --calibrate measures it."),
            at.Optional("slowDispersion", Forms.Dispersion, 1, "The same of slow requests."),
            at.Optional("latencyTolerance", Forms.Edges, 1, "Histogram edges by which the new version may be slower before that is held against it."),
            at.Optional("latencyMargin", Forms.Edges, 3, "Histogram edges by which it may be slower and still be promoted."),
            at.OptionalValue("memoryLimitMebibytes", Forms.Mebibytes, "memory is no part of the comparison", "An instance's memory limit: growth of memory is then compared in percent of it."),
            at.Optional("keepWarm", Forms.Ratio, 0.5, "The part of each region's old instances that stays up without requests until the final watch is over; 0 gives up the watch."),
            at.Optional("confidence", Forms.Confidence, 0.5, "Each passed wave multiplies the next one's times with this, down to a quarter."),
            at.Optional("freshBaseline", Forms.Flag, false, "In the canary as many instances of the running version are started with the new one's: memory is compared with instances of its age. Takes their capacity until the watch."),
            at.Optional("everyRegion", Forms.Flag, false, "The canary stands in every region before the first wave, and not only in the one with least traffic: better for very small services, and every region meets it."),
            at.Optional("atCap", Forms.AtCap, CapRule.Slower, "When a step's time is over and the evidence is not there: go on slowly, risking no more than the harm budget; go on as if it were there; or ask."),
            at.OptionalText("shadow", DeclaredShadow.Form, "none", "Other settings that see the same requests, are reported, and decide nothing."));
    }

    /// <summary>The share may grow every other window, as in the measured defaults.</summary>
    internal static SequentialOptions Settings(Members at)
    {
        var written = Written(at);
        return written with { RampEvery = 2 * written.Window };
    }

    private static SequentialOptions Written(Members at) => Default with
    {
        Alpha = at.Optional("falseAlarm", Forms.FalseAlarm, Default.Alpha, "The probability that a harmless release is rolled back, over the whole release, all signals and all looks."),
        Beta = at.Optional("wrongPromotion", Forms.WrongPromotion, Default.Beta, "The probability that a harmful release is promoted early."),
        HarmBudget = at.Optional("harmBudget", Forms.HarmBudget, Default.HarmBudget, "Failed requests that the growing share may risk before a rollback has its effect."),
        FirstWeight = at.Optional("firstShare", Forms.SharePercent, 100 * Default.FirstWeight, "Percent of the requests that the new version begins with; more, where the harm budget allows it.") / 100,
        WarmUp = at.Optional("warmUp", Forms.WarmUp, Default.WarmUp, "So long only failures far beyond the running version's count."),
        MinimumTime = at.Optional("minimum", Forms.Bake, Default.MinimumTime, "No promotion before this."),
        LowTrafficTime = at.Optional("lowTraffic", Forms.Bake, Default.LowTrafficTime, "With too few requests for full evidence, and little to lose: promotion after this."),
        CapTime = at.Optional("cap", Forms.Bake, Default.CapTime, "Without full evidence a step goes on after this, as \"atCap\" says. Where one step is compared alone: with little to lose; after twice this somebody is asked."),
        WatchTime = at.Optional("watch", Forms.Bake, Default.WatchTime, "How long the final watch lasts, with the old version warm."),
        ProbeTime = at.Optional("probe", Forms.Bake, Default.ProbeTime, "When something rises after the promotion, half of the requests go to the old version again, for at least so long."),
        Window = at.Optional("sampleEvery", Forms.SampleEvery, Default.Window, "How often both versions are looked at."),
        Reaction = at.Optional("reaction", Forms.Deadline, Default.Reaction, "From a fault to the effect of its rollback, on this platform."),
        Tolerance = at.Optional("tolerance", Forms.Tolerance, Default.Tolerance, "How many times the running version's failure rate is borne: HealthGate --calibrate measures it."),
        Margin = new(
            at.Optional("harmRatio", Forms.HarmRatio, Default.Margin.Margin, "Harmful is what fails at least so many times as often as the running version …"),
            at.Optional("harmRate", Forms.HarmRate, Default.Margin.Harm, "… and in at least this share of its requests.")),
        EndpointFloor = at.Optional("endpointRequests", Forms.Requests, Default.EndpointFloor, "Requests that every endpoint with enough traffic must have had."),
    };
}

/// <summary>Settings that are tried out.</summary>
internal sealed record DeclaredShadow(Place At, string? Name, SequentialOptions Options)
{
    public static ObjectForm<DeclaredShadow> Form { get; } = new("shadowComparison", at => new(
        at.At,
        at.Required("name", Forms.Name, "its own name."),
        DeclaredComparison.Settings(at)));
}
