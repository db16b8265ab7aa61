namespace Tidegate.Pipeline.Declared;

/// <summary>A profile as it is written.</summary>
internal sealed record DeclaredProfile(
    double Headroom,
    int Attempts,
    IReadOnlyList<Item<DeclaredUser>> Users,
    IReadOnlyList<Item<DeclaredEnvironment>> Environments,
    DeclaredComparison? Comparison,
    TimeSpan Unwatched,
    IReadOnlyList<DeclaredStage> Stages)
{
    public static ObjectForm<DeclaredProfile> Form { get; } = new("profile", Read);

    private static DeclaredProfile Read(Members at)
    {
        at.Remark("about", "A remark for readers.");
        return new(
            at.Optional("headroom", Forms.Ratio, 0.66, "The part of a region's instances that stays in service while others are replaced."),
            at.Optional("attempts", Forms.Attempts, 2, "How often a step whose effect could not be determined is tried."),
            at.Optional("users", new ListForm<DeclaredUser>(DeclaredUser.Form, 0, 100), [], "What the synthetic users of the embedded platform do. Leave it out where real users are."),
            at.Required("environments", new ListForm<DeclaredEnvironment>(DeclaredEnvironment.Form, 1, 20), "the places where the artifact runs.") ?? [],
            at.OptionalText("comparison", DeclaredComparison.Form, "fixed shares and bakes", "Where a version runs already, the new one is compared with it, and the evidence sets shares and times."),
            at.Optional("unwatched", Forms.Bake, TimeSpan.FromMinutes(2), "Without anybody who watches a release for so long, each region takes the share back that was not proved yet, by itself."),
            at.Required("stages", DeclaredStage.All, "how each stage releases and judges.") ?? []);
    }
}

/// <summary>What one in so many synthetic users does.</summary>
internal sealed record DeclaredUser(string? Method, string? Path, int? Weight, string? Body)
{
    public static ObjectForm<DeclaredUser> Form { get; } = new("user", at => new(
        at.Required("method", Forms.Method, "the HTTP method."),
        at.Required("path", Forms.Path, "the path; it must belong to one of the endpoints."),
        at.RequiredValue("weight", Forms.Weight, "how often, in proportion to the other users' weights."),
        at.OptionalText("body", Forms.Body, "none", "What is sent, as JSON.")));
}

internal sealed record DeclaredEnvironment(string? Name, bool Ephemeral, IReadOnlyList<Item<DeclaredRegion>> Regions)
{
    /// <summary>Something else runs it.</summary>
    public bool Watched => Regions.Any(r => r.Value.Addresses.Count > 0);

    public static ObjectForm<DeclaredEnvironment> Form { get; } = new("environment", at => new(
        at.Required("name", Forms.Name, "the environment's own name."),
        at.Optional("ephemeral", Forms.Flag, false, "Made from scratch for one artifact, and removed after it was judged."),
        at.Required("regions", new ListForm<DeclaredRegion>(DeclaredRegion.Form, 1, Forms.MostRegions), "its parts, each with its own traffic.") ?? []));
}

internal sealed record DeclaredRegion(string? Name, int? Instances, double RequestsPerSecond, IReadOnlyList<Item<string>> Addresses)
{
    public static ObjectForm<DeclaredRegion> Form { get; } = new("region", at => new(
        at.Required("name", Forms.Name, "the region's own name."),
        at.RequiredValue("instances", Forms.Instances, "how many run when nothing is being released."),
        at.Optional("requestsPerSecond", Forms.RequestsPerSecond, 0, "Expected traffic: the region with the least is released first. The embedded platform's synthetic users send that much."),
        at.Optional("addresses", new ListForm<string>(Forms.Address, 0, 100), [], "Where the region answers when something else runs it: then it is judged (HealthGate) and never released to. Left out: the platform runs it.")));
}
