namespace Tidegate.Engine;

/// <summary>Takes one look: every source side by side, each within a deadline, so that a slow one delays nobody's rollback.</summary>
internal sealed class SignalSampler(
    IPlatform platform,
    ITrafficSource traffic,
    IReadOnlyList<ISignalSource> sources,
    TimeSpan cadence,
    TimeProvider time)
{
    private static readonly TimeSpan ShortestDeadline = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestDeadline = TimeSpan.FromSeconds(10);

    private readonly TimeSpan _deadline = TimeSpan.FromTicks(Math.Clamp(2 * cadence.Ticks, ShortestDeadline.Ticks, LongestDeadline.Ticks));

    /// <param name="standing">What must stand meanwhile; null: nothing is placed yet.</param>
    public async Task<GateSample> LookAsync(ReleasePlan plan, Standing? standing, CancellationToken cancellationToken)
    {
        // Counts first: an incident that began before them is then seen by the observation that follows.
        var counts = await ReadTrafficAsync(plan, cancellationToken);
        var seen = await platform.ObserveAsync(plan.Environment, cancellationToken);
        if (seen is ObserveResult.Unreachable gone)
        {
            return new(TimeSpan.Zero, new TrafficReading.SourceFailed(gone.Because), All(plan, new SignalReading.SourceFailed(gone.Because)), null);
        }

        var environment = ((ObserveResult.Observed)seen).Environment;
        var target = new SignalTarget(plan.Candidate.Digest, standing is null ? environment : standing.Part(environment)) { WantedIn = standing is null ? [] : standing.WantedIn };
        var signals = plan.Gate.Signals.Where(s => !s.Rule.IsTraffic).ToList();
        var own = signals.Where(s => s.Scope == SignalScope.Own).ToList();
        var neighbours = signals.Where(s => s.Scope != SignalScope.Own).ToList();

        // Neighbours last: one that broke while our own signals were read is then seen in the same look, and explains them.
        var readings = (await ReadAsync(own, target, cancellationToken)).Concat(await ReadAsync(neighbours, target, cancellationToken)).ToList();
        var incident = Incident(environment);
        if (incident is null && readings.Any(r => r is SignalReading.Failed) && await platform.ObserveAsync(plan.Environment, cancellationToken) is ObserveResult.Observed again)
        {
            incident = Incident(again.Environment); // what failed may have failed by something that broke since the first observation
        }

        return new(TimeSpan.Zero, standing is null ? counts : standing.Part(counts), own.Concat(neighbours).Zip(readings).ToDictionary(r => r.First.Name, r => r.Second, StringComparer.Ordinal), incident)
        {
            Environment = environment,
            Drift = standing?.Drift(environment),
        };
    }

    private async Task<TrafficReading> ReadTrafficAsync(ReleasePlan plan, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(_deadline, time, cancellationToken);
        try
        {
            return await traffic.ReadAsync(plan.Environment, deadline.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new TrafficReading.SourceFailed($"no answer within {Words.Seconds(_deadline)}");
        }
    }

    private Task<SignalReading[]> ReadAsync(IEnumerable<HealthSignal> signals, SignalTarget target, CancellationToken cancellationToken) =>
        Task.WhenAll(signals.Select(s => ReadAsync(s, target, cancellationToken)));

    private async Task<SignalReading> ReadAsync(HealthSignal signal, SignalTarget target, CancellationToken cancellationToken)
    {
        if (sources.FirstOrDefault(s => s.Reads(signal.Rule)) is not { } source) return new SignalReading.SourceFailed("no source reads this signal");

        using var deadline = new Deadline(_deadline, time, cancellationToken);
        try
        {
            return await source.ReadAsync(signal, target, deadline.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new SignalReading.SourceFailed($"no answer within {Words.Seconds(_deadline)}");
        }
    }

    private static Dictionary<string, SignalReading> All(ReleasePlan plan, SignalReading reading) =>
        plan.Gate.Signals.Where(s => !s.Rule.IsTraffic).ToDictionary(s => s.Name, _ => reading, StringComparer.Ordinal);

    /// <summary>A shared dependency that is down hits every version alike: nobody's release is the cause.</summary>
    private static string? Incident(EnvironmentObservation environment)
    {
        var down = environment.Regions
            .SelectMany(r => r.Dependencies.Where(d => d is { Shared: true, Ready: false }).Select(d => (d.Name, r.Region)))
            .GroupBy(d => d.Name, d => d.Region, StringComparer.Ordinal)
            .Select(d => $"the shared dependency {d.Key} is down in {string.Join(", ", d)}")
            .ToList();
        return down.Count == 0 ? null : string.Join("; ", down);
    }
}

/// <summary>A caller's token that also ends by itself.</summary>
internal sealed class Deadline : IDisposable
{
    private readonly CancellationTokenSource _own;
    private readonly CancellationTokenSource _linked;

    public Deadline(TimeSpan after, TimeProvider time, CancellationToken caller)
    {
        _own = new CancellationTokenSource(after, time);
        _linked = CancellationTokenSource.CreateLinkedTokenSource(_own.Token, caller);
    }

    public CancellationToken Token => _linked.Token;

    public void Dispose()
    {
        _linked.Dispose();
        _own.Dispose();
    }
}
