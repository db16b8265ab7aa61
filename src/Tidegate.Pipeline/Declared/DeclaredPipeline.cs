namespace Tidegate.Pipeline.Declared;

/// <summary>config/delivery.json as it is written. What is null was missing or refused, and has been reported.</summary>
internal sealed record DeclaredPipeline(
    string? Service,
    IReadOnlyList<Item<string>> Endpoints,
    IReadOnlyList<Item<string>> Callers,
    IReadOnlyList<Item<string>> Callees,
    IReadOnlyList<Item<DeclaredSignal>> Signals,
    IReadOnlyList<Entry<DeclaredProfile>> Profiles)
{
    public static ObjectForm<DeclaredPipeline> Form { get; } = new("pipeline", Read);

    private static DeclaredPipeline Read(Members at)
    {
        at.Remark("$schema", "Where editors find the schema of this file.");
        at.Remark("about", "A remark for readers.");
        return new(
            at.Required("service", Forms.Name, "the service that is delivered."),
            at.Optional("endpoints", new ListForm<string>(Forms.Endpoint, 0, 100), [], "The endpoints that are counted one by one; every other request counts as \"other\"."),
            at.Optional("callers", new ListForm<string>(Forms.Name, 0, 100), [], "Who calls the service: its upstream neighbours, by name."),
            at.Optional("callees", new ListForm<string>(Forms.Name, 0, 100), [], "What the service calls: its downstream neighbours, by name."),
            at.Required("signals", new ListForm<DeclaredSignal>(DeclaredSignal.Form, 1, 100), "what is watched; stages choose from these by name.") ?? [],
            at.Required("profiles", new MapForm<DeclaredProfile>(Forms.Name, DeclaredProfile.Form, 1, 20), "ways to deliver, of which a command takes one (--delivery-profile).") ?? []);
    }
}
