namespace Tidegate.Pipeline.Declared;

/// <summary>The members that come with each rule. Null when one of them was refused.</summary>
internal static class DeclaredRules
{
    private static readonly ObjectForm<DeclaredStep> Step = new("request", DeclaredStep.Read);

    public static SignalRule? Readiness(Members at)
    {
        var path = at.Required("path", Forms.Path, "the health endpoint that says whether an instance can serve.");
        var answer = DeclaredHealthyAnswer.Read(at);
        return path is null ? null : new SignalRule.Readiness(path, answer);
    }

    public static SignalRule? ErrorRate(Members at)
    {
        var atMost = at.RequiredValue("atMost", Forms.Ratio, "the share of failed requests that is borne even when the running version does better.");
        var ratio = at.Optional("ratio", Forms.Times, 1.5, "How many times the running version's share is borne.");
        return atMost is { } limit ? new SignalRule.ErrorRate(limit, ratio) : null;
    }

    public static SignalRule? Latency(Members at)
    {
        var milliseconds = at.RequiredValue("milliseconds", Forms.Milliseconds, "a request that takes longer is slow.");
        var atMost = at.RequiredValue("atMost", Forms.Ratio, "the share of slow requests that is borne even when the running version does better.");
        var ratio = at.Optional("ratio", Forms.Times, 2, "How many times the running version's share is borne.");
        return (milliseconds, atMost) is ({ } slow, { } limit) ? new SignalRule.Latency(slow, limit, ratio) : null;
    }

    public static SignalRule? MemoryGrowth(Members at) =>
        at.RequiredValue("atMostMebibytes", Forms.Mebibytes, "the growth that is borne, beyond what the running version's memory grew meanwhile.") is { } limit
            ? new SignalRule.MemoryGrowth(limit)
            : null;

    public static SignalRule? Journey(Members at)
    {
        var steps = at.Required("steps", new ListForm<DeclaredStep>(Step, 1, 50), "the requests, in order.") ?? [];
        var known = steps.Select(s => s.Value.ToStep()).OfType<JourneyStep>().ToList();
        return known.Count > 0 && known.Count == steps.Count ? new SignalRule.Journey(known) : null;
    }

    public static SignalRule? Data(Members at)
    {
        var write = at.Required("write", Step, "the request that stores something; its answer names it.");
        var read = at.Required("read", Step, "the request that reads it back; {0} in its path stands for the name.");
        var key = at.Required("key", Forms.Text, "the member of the write's answer that holds the name.");
        return (write?.ToStep(), read?.ToStep(), key) is ({ } stored, { } back, { } name) ? new SignalRule.Data(stored, back, name) : null;
    }

    public static SignalRule? Command(Members at)
    {
        var run = at.Required("run", new ListForm<string>(Forms.Text, 1, 100), "the program and its arguments, one text each; no shell.") ?? [];
        if (run is [var program, ..] && !Forms.Program.Fits(program.Value)) Forms.Program.Refuse(program.At, program.Value);
        return run.Count == 0 ? null : new SignalRule.Command([.. run.Select(r => r.Value)]);
    }

    public static SignalRule? Alerts(Members at)
    {
        var address = at.Required("address", Forms.Address, "where the Alertmanager answers.");
        var filters = at.Required("filters", new ListForm<string>(Forms.Text, 1, 20), "which alerts count: matchers such as service=\"orders\".");
        return filters is not null && Uri.TryCreate(address, UriKind.Absolute, out var uri) ? new SignalRule.Alerts(uri, [.. filters.Select(f => f.Value)]) : null;
    }
}

/// <summary>One request of a journey as it is written.</summary>
internal sealed record DeclaredStep(string? Method, string? Path, string? Body, int Status, string? Contains)
{
    public static DeclaredStep Read(Members at) => new(
        at.Required("method", Forms.Method, "the HTTP method."),
        at.Required("path", Forms.Path, "the path, with its query."),
        at.OptionalText("body", Forms.Body, "none", "What is sent, as JSON."),
        at.Optional("status", Forms.Status, 200, "The status that the answer must have."),
        at.OptionalText("contains", Forms.Text, "none", "A text that the answer must hold."));

    public JourneyStep? ToStep() => (Method, Path) is ({ } method, { } path) ? new(method, path, Body, Status, Contains) : null;
}
