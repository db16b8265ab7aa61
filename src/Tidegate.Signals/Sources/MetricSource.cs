using Tidegate.Engine;
using Tidegate.Engine.Telemetry;

namespace Tidegate.Signals;

/// <summary>Reads counters from the OpenMetrics text of every instance, or of one address that tells versions apart.</summary>
/// <remarks>All or nothing: a part of the instances would be taken for all of them. A series that is absent is no data and never zero;
/// only a running version that does not know it at all counts as none to compare with.</remarks>
public sealed class MetricSource : ISignalSource
{
    private const int AtOnce = 16;

    public bool Reads(SignalRule rule) => rule is SignalRule.Metric;

    public Task<SignalReading> ReadAsync(HealthSignal signal, SignalTarget target, CancellationToken cancellationToken)
    {
        var rule = (SignalRule.Metric)signal.Rule;
        return rule.At.Address is { } address ? AddressAsync(rule, address, target, cancellationToken) : InstancesAsync(rule, target, cancellationToken);
    }

    private static async Task<SignalReading> InstancesAsync(SignalRule.Metric rule, SignalTarget target, CancellationToken cancellationToken)
    {
        if (target.Nobody is { } nobody) return nobody;

        var all = target.Versions.SelectMany(v => v.Version.Instances.Select(i => (v.Region.Region, v.Version.Digest, Instance: i))).ToList();
        if (all.Count == 0) return new SignalReading.Passed(); // nothing runs, so there is nothing to tell

        var candidates = all.Where(a => a.Digest == target.Candidate).ToList();
        var asked = all.Where(a => a.Instance is { State: InstanceState.Ready, Address: not null }).ToList();
        if (candidates.Count > 0 && !asked.Exists(a => a.Digest == target.Candidate)) return new SignalReading.NoData("no instance of the candidate is ready");

        var told = new MetricAnswer[asked.Count];
        await Parallel.ForAsync(0, asked.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (i, token) =>
        {
            var text = await TextAsync(asked[i].Instance.Address!, rule.At.Path!, token);
            told[i] = text.Then(samples => MetricCount.Of(rule, samples));
        });

        var edges = new List<CountedEdge>();
        foreach (var (one, answer) in asked.Zip(told))
        {
            if (answer.Unreadable is { } why) return new SignalReading.SourceFailed($"{one.Instance.Id}: {why}");
            if (answer.Count is { } count) edges.Add(new(one.Instance.Id, one.Region, one.Digest, count));
            else if (one.Digest == target.Candidate) return new SignalReading.NoData($"{one.Instance.Id}: {answer.Absent}");
        }

        return new SignalReading.Counted(edges);
    }

    private static async Task<SignalReading> AddressAsync(SignalRule.Metric rule, Uri address, SignalTarget target, CancellationToken cancellationToken)
    {
        var text = await TextAsync(address.GetLeftPart(UriPartial.Authority), address.PathAndQuery, cancellationToken);
        if (text.Unreadable is { } why) return new SignalReading.SourceFailed($"{address.Authority}: {why}");

        if (rule.At.VersionLabel is not { } label)
        {
            var whole = MetricCount.Of(rule, text.Samples!);
            return whole.Unreadable is { } bad ? new SignalReading.SourceFailed($"{address.Authority}: {bad}")
                : whole.Count is { } count ? new SignalReading.Counted([new(address.ToString(), "", null, count)])
                : new SignalReading.NoData($"{address.Authority}: {whole.Absent}");
        }

        if (MetricCount.Nameless(rule, text.Samples!, label) is { } series) return new SignalReading.SourceFailed($"{address.Authority}: a series of {series} has no '{label}', so it names no version");

        var edges = new List<CountedEdge>();
        foreach (var version in target.Versions.Select(v => v.Version.Digest).Append(target.Candidate).Distinct())
        {
            var answer = MetricCount.Of(rule, [.. text.Samples!.Where(s => s.Labels.GetValueOrDefault(label) is { } value && (value == version.ToString() || value == version.Hex))]);
            if (answer.Unreadable is { } bad) return new SignalReading.SourceFailed($"{address.Authority}: {bad} for {version.Brief}");
            if (answer.Count is { } count) edges.Add(new(address.ToString(), "", version, count));
            else if (version == target.Candidate) return new SignalReading.NoData($"{address.Authority}: {answer.Absent} for {version.Brief}");
        }

        return new SignalReading.Counted(edges);
    }

    private static async Task<MetricText> TextAsync(string address, string path, CancellationToken cancellationToken) =>
        await InstanceClient.SendAsync(address, "GET", path, null, cancellationToken) switch
        {
            InstanceAnswer.Answered { Status: 200 } answer => OpenMetricsText.Parse(answer.Body) switch
            {
                OpenMetricsReading.Read read => new(read.Samples, null),
                OpenMetricsReading.Unreadable bad => new(null, $"GET {path} answered no metrics: {bad.Because}"),
                _ => throw new System.Diagnostics.UnreachableException(),
            },
            InstanceAnswer.Answered other => new(null, $"GET {path} answered {other.Status}{JourneyStepRun.Quoted(other.Body)}, wanted 200"),
            InstanceAnswer.Nothing nothing => new(null, $"GET {path} got no answer: {nothing.Because}"),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private sealed record MetricText(IReadOnlyList<OpenMetricsSample>? Samples, string? Unreadable)
    {
        public MetricAnswer Then(Func<IReadOnlyList<OpenMetricsSample>, MetricAnswer> read) => Samples is null ? new(null, null, Unreadable) : read(Samples);
    }
}
