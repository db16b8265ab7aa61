namespace Tidegate.Engine;

/// <summary>Asks both versions with the sources that ask the candidate: the same steps, the same health endpoint, another version.</summary>
internal sealed class SignalVersionProbe(IReadOnlyList<ISignalSource> sources, TimeProvider time) : IVersionProbe
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    public async Task<IReadOnlyList<ProbeCount>> ProbeAsync(ReleasePlan plan, EnvironmentObservation now, IReadOnlyList<ProbeRequest> requests, CancellationToken cancellationToken) =>
        await Task.WhenAll(requests.Select(r => r.Kind == ProbeKind.Journeys ? WalkAsync(plan, now, r, cancellationToken) : AskAsync(plan, now, r, cancellationToken)));

    private async Task<ProbeCount> WalkAsync(ReleasePlan plan, EnvironmentObservation now, ProbeRequest request, CancellationToken cancellationToken)
    {
        var journeys = plan.Gate.Signals.Where(s => s.Rule is SignalRule.Journey && s.Role != SignalRole.Shadow).ToList();
        var there = new SignalTarget(request.Version, now with { Regions = [now[request.Region]] });
        var (asked, failed) = (0, 0);
        for (var i = 0; i < request.Times && journeys.Count > 0; i++)
        {
            var readings = await Task.WhenAll(journeys.Select(j => ReadAsync(j, there, cancellationToken)));
            if (readings.All(r => r is SignalReading.NoData or SignalReading.SourceFailed)) continue; // nobody to ask is no walk
            asked++;
            if (readings.Any(r => r is SignalReading.Failed)) failed++;
        }

        return new(request, asked, failed);
    }

    private async Task<ProbeCount> AskAsync(ReleasePlan plan, EnvironmentObservation now, ProbeRequest request, CancellationToken cancellationToken)
    {
        var region = now[request.Region];
        if (plan.Gate.Signals.FirstOrDefault(s => s.Rule is SignalRule.Readiness && s.Role != SignalRole.Shadow) is not { } readiness
            || region.Of(request.Version) is not { } version)
        {
            return new(request, 0, 0);
        }

        var instances = version.Instances.Where(i => i.State is InstanceState.Ready or InstanceState.Unready).ToList();
        var readings = await Task.WhenAll(instances.Select(i => ReadAsync(
            readiness,
            new SignalTarget(request.Version, now with { Regions = [region with { Versions = [version with { Instances = [i] }] }] }),
            cancellationToken)));
        return new(request, readings.Length, readings.Count(r => r is SignalReading.Failed));
    }

    private async Task<SignalReading> ReadAsync(HealthSignal signal, SignalTarget target, CancellationToken cancellationToken)
    {
        if (sources.FirstOrDefault(s => s.Reads(signal.Rule)) is not { } source) return new SignalReading.SourceFailed("no source reads this signal");

        using var deadline = new Deadline(Deadline, time, cancellationToken);
        try
        {
            return await source.ReadAsync(signal, target, deadline.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new SignalReading.Failed($"no answer within {Words.Seconds(Deadline)}");
        }
    }
}
