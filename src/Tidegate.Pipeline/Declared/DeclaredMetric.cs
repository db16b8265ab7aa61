namespace Tidegate.Pipeline.Declared;

/// <summary>The members of the rules that look at neighbours. Null when one of them was refused.</summary>
internal static class DeclaredMetric
{
    private const int AtLeast = 10;

    private static readonly ObjectForm<DeclaredSeries> Series = new("series", DeclaredSeries.Read);

    public static SignalRule? Metric(Members at)
    {
        var path = at.OptionalText("path", Forms.Path, "none, and then there is an address", "Where each instance, of the candidate and of the running version, tells its metrics.");
        var address = at.OptionalText("address", Forms.Address, "none, and then there is a path", "Where a neighbour tells its metrics.");
        var label = at.OptionalText("versionLabel", Forms.Label, "none, and then a bad share can only hold a release", "At an address: the label whose value is the digest of the version that answered.");
        var events = at.Required("events", Series, "the counter of what is bad, for example of failed calls.");
        var exposures = at.Required("exposures", Series, "the counter of all, for example of calls.");
        var atMost = at.RequiredValue("atMost", Forms.Ratio, "the share of bad ones that is borne even when the running version does better.");
        var ratio = at.Optional("ratio", Forms.Times, 1.5, "How many times the running version's share is borne.");
        var atLeast = at.Optional("atLeast", Forms.Requests, AtLeast, "How many of all the candidate must have had before the signal can be healthy.");
        var target = Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri : null;
        return (events?.ToSeries(), exposures?.ToSeries(), atMost) is ({ } bad, { } all, { } limit)
            ? new SignalRule.Metric(new(path, target, label), bad, all, limit, ratio, atLeast)
            : null;
    }

    public static SignalRule Health(Members at)
    {
        var address = at.OptionalText(
            "address", Forms.Address, "as the platform observes the neighbour", "The neighbour's health endpoint, path included.");
        var answer = DeclaredHealthyAnswer.Read(at);
        if (address is null && answer is not null)
        {
            at.At.Refuse(
                Code.HealthyAnswerContradicts,
                "the platform asks a neighbour that it runs, and this is not read.",
                "Add the neighbour's \"address\"; or say it in the service.json that brings it along: \"readyWhen\".");
        }

        return new SignalRule.Health(Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri : null, answer);
    }
}

/// <summary>A series as it is written.</summary>
internal sealed record DeclaredSeries(string? Name, IReadOnlyList<Entry<string>> Labels, bool Sum)
{
    public static DeclaredSeries Read(Members at) => new(
        at.Required("name", Forms.Metric, "the sample's name as the text has it."),
        at.Optional("labels", new MapForm<string>(Forms.Label, Forms.Text, 0, 20), [], "What labels must be for a series to count."),
        at.Optional("sum", Forms.Flag, false, "Several series are added up; otherwise a second one is an error."));

    public MetricSeries? ToSeries() => Name is null ? null : new(Name, Labels.ToDictionary(l => l.Key, l => l.Value, StringComparer.Ordinal), Sum);
}
