namespace Tidegate.Pipeline.Declared;

/// <summary>A signal as it is written.</summary>
internal sealed record DeclaredSignal(
    string? Name,
    SignalScope Scope,
    string? Neighbour,
    SignalRole Role,
    NoDataPolicy? NoData,
    int? Failures,
    int ConsecutiveErrors,
    SignalRule? Rule)
{
    public static ObjectForm<DeclaredSignal> Form { get; } = new("signal", Read);

    private static DeclaredSignal Read(Members at)
    {
        at.Remark("about", "A remark for readers.");
        return new(
            at.Required("name", Forms.Name, "the signal's own name, by which stages choose it."),
            at.Optional("scope", Forms.Scope, SignalScope.Own, "Whose health it is: the service's, that of who calls it, or of what it calls."),
            at.OptionalText("neighbour", Forms.Name, "none, and then it is the service's own health", "Which of the callers or callees it is."),
            at.Optional("role", Forms.Role, SignalRole.Critical, "Critical decides at the first bad reading; normal bears two; shadow is measured and never decides."),
            at.RequiredValue("noData", Forms.NoData, "what a reading without a value means: hold the bake, or as bad as a bad one."),
            at.OptionalValue("failures", Forms.Borne, "0, and 2 when the role is normal", "Bad readings in one bake that are borne."),
            at.Optional("consecutiveErrors", Forms.Borne, 4, "Readings in a row that could not be taken and are borne; one more holds the release."),
            at.Variant<SignalRule>(
                "rule",
                "how it is measured and what is bad.",
                new("liveness", "No instance of the candidate exits or is restarted.", _ => new SignalRule.Liveness()),
                new("readiness", "Every instance of the candidate answers its health endpoint with 200.", DeclaredRules.Readiness),
                new("errorRate", "Failed requests (5xx or no answer) as a share, by endpoint and version.", DeclaredRules.ErrorRate),
                new("latency", "Slow requests as a share, by endpoint and version.", DeclaredRules.Latency),
                new("memoryGrowth", "Memory that the candidate's instances took since judging began.", DeclaredRules.MemoryGrowth),
                new("journey", "Requests in order, as a user would send them.", DeclaredRules.Journey),
                new("data", "What one version wrote, every running version can read. For upgradeDowngradeTest alone.", DeclaredRules.Data),
                new("command", "A program that exits with 0 when all is well.", DeclaredRules.Command),
                new("alerts", "No alert with these labels fires, as an Alertmanager tells.", DeclaredRules.Alerts),
                new("metric", "Bad ones among all, as counters tell: the candidate's beside the running version's over the same minutes.", DeclaredMetric.Metric),
                new("health", "A neighbour says that it is well. When it does not, the release is held; never rolled back for that alone.", DeclaredMetric.Health)));
    }
}
