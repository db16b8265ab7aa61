using Tidegate.Pipeline.Declared;

namespace Tidegate.Pipeline.Validation;

/// <summary>Signals of neighbours name one that the service graph has, and are measured in a way that can tell of it.</summary>
internal static class NeighbourValidator
{
    public static void Check(DeclaredPipeline pipeline)
    {
        foreach (var signal in pipeline.Signals)
        {
            Named(pipeline, signal.At, signal.Value);
            if (signal.Value.Rule is not { } rule) continue;

            if (Unfit(signal.Value.Scope, rule) is { } unfit) signal.At.Member("rule").Refuse(Code.RuleUnfit, unfit.What, unfit.NextStep);
            if (rule is SignalRule.Metric metric) Placed(signal.At, signal.Value.Scope, metric.At);
        }
    }

    private static void Named(DeclaredPipeline pipeline, Place at, DeclaredSignal signal)
    {
        if (signal.Scope == SignalScope.Own)
        {
            if (signal.Neighbour is not null) at.Member("neighbour").Refuse(Code.NeighbourMissing, "this signal is of the service itself, and yet it names a neighbour.", "Write \"scope\": \"upstream\" or \"downstream\", or remove \"neighbour\".");
            return;
        }

        var (list, kind) = signal.Scope == SignalScope.Upstream ? (pipeline.Callers, "callers") : (pipeline.Callees, "callees");
        List<string> names = [.. list.Select(n => n.Value)];
        if (signal.Neighbour is null) at.Refuse(Code.NeighbourMissing, "this signal is of a neighbour, and does not say of which.", $"Add \"neighbour\", one of \"{kind}\": {(names.Count == 0 ? "there is none yet" : string.Join(", ", names))}.");
        else if (!names.Contains(signal.Neighbour)) at.Member("neighbour").Refuse(Code.UnknownNeighbour, $"{Foreign.Quoted(signal.Neighbour)} is none of the {kind}.", NearestName.Advice(signal.Neighbour, names));
    }

    private static (string What, string NextStep)? Unfit(SignalScope scope, SignalRule rule) => (scope, rule) switch
    {
        (SignalScope.Own, SignalRule.Health) => ("a neighbour's health is not the service's own.", "Use \"readiness\" for the service itself, or write \"scope\": \"downstream\" or \"upstream\"."),
        (SignalScope.Upstream, SignalRule.Health { Address: null }) => ("the platform observes what the service calls, not who calls it.", "Add the caller's \"address\"."),
        (SignalScope.Own, _) or (_, SignalRule.Health or SignalRule.Metric or SignalRule.Alerts or SignalRule.Command) or (SignalScope.Upstream, SignalRule.ErrorRate or SignalRule.Latency) => null,
        _ => ("this rule looks at the service itself, and tells nothing of a neighbour.", "Use \"metric\", \"health\", \"alerts\" or \"command\" for a neighbour; callers are also seen by \"errorRate\" and \"latency\"."),
    };

    private static void Placed(Place at, SignalScope scope, MetricPlace place)
    {
        if ((place.Path is null) == (place.Address is null))
        {
            at.Refuse(Code.MetricPlaceWrong, place.Path is null ? "it is not said where the metrics are." : "the metrics are in two places.", "Write either \"path\" (on every instance) or \"address\" (a neighbour's).");
        }
        else if (place is { Address: null, VersionLabel: not null })
        {
            at.Member("versionLabel").Refuse(Code.MetricPlaceWrong, "an instance is of one version, so no label is needed to tell.", "Remove \"versionLabel\", or write the neighbour's \"address\" in place of \"path\".");
        }
        else if (scope == SignalScope.Upstream && place.Address is null)
        {
            at.Member("path").Refuse(Code.MetricPlaceWrong, "what a caller sees is told by the caller.", "Write the caller's \"address\" in place of \"path\".");
        }
        else if (scope == SignalScope.Own && place is { Address: not null, VersionLabel: null })
        {
            at.Member("address").Refuse(Code.MetricPlaceWrong, "nothing here tells the candidate's counts from the running version's.", "Add \"versionLabel\", or read every instance with \"path\".");
        }
    }
}
