namespace Tidegate.Engine.Simulation;

/// <summary>Reads from what the simulation knows, as a real run reads by HTTP or from a program.</summary>
public sealed class SimulatedSignals(SimulatedPlatform platform) : ISignalSource
{
    public bool Reads(SignalRule rule) =>
        rule is not (SignalRule.Liveness or SignalRule.MemoryGrowth or SignalRule.Health { Address: null });

    public Task<SignalReading> ReadAsync(
        HealthSignal signal, SignalTarget target, CancellationToken cancellationToken) =>
        Task.FromResult(Read(signal.Rule, target));

    private SignalReading Read(SignalRule rule, SignalTarget target)
    {
        if (rule is SignalRule.Metric { At.Path: not null })
        {
            return new SignalReading.Counted(platform.Calls(target.Environment.Environment));
        }

        if (rule is SignalRule.Readiness or SignalRule.Journey && target.Nobody is { } nobody) return nobody;

        var running = target.Versions.Select(v => v.Version.Digest).ToHashSet();
        return rule switch
        {
            SignalRule.Readiness when NotReady(target) is > 0 and var down =>
                new SignalReading.Failed($"{down} of the candidate's instances are not ready"),
            SignalRule.Journey when FailingIn(target) is { } region =>
                new SignalReading.Failed($"a request to {region} was not answered as it must be"),
            SignalRule.Data when running.Count > 1 && running.Any(WritesUnreadable) =>
                new SignalReading.Failed("data written by the one version cannot be read by the other"),
            _ => new SignalReading.Passed(),
        };
    }

    private int NotReady(SignalTarget target) => Where(target).Sum(r => platform.NotReady(r, target.Candidate));

    private string? FailingIn(SignalTarget target) =>
        Where(target).FirstOrDefault(r => platform.WalkFails(r, target.Candidate));

    private bool WritesUnreadable(ArtifactDigest digest) =>
        platform.Versions.GetValueOrDefault(digest)?.WritesUnreadableData == true;

    /// <summary>Regions in which there is somebody to ask.</summary>
    private static IEnumerable<string> Where(SignalTarget target) =>
        target.Versions
            .Where(v => v.Version.Digest == target.Candidate && v.Version.Instances.Count > 0)
            .Select(v => v.Region.Region);
}
