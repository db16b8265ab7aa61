namespace Tidegate.Engine;

/// <summary>Watches what earlier steps have placed in other regions while the next step is being placed, which may take minutes.</summary>
/// <remarks>It only stops: what is bad is bad at once, and what is missing is asked for in the bake that follows. Each placement is a window
/// of its own with a false-alarm budget of its own, as each bake is.</remarks>
internal sealed class EarlierWaves
{
    private readonly ReleasePlan _plan;
    private readonly TimeSpan _cadence;
    private readonly Standing _standing;
    private readonly SignalSampler _sampler;
    private readonly TimeProvider _time;
    private GateWindow _window;
    private long? _looked;

    public EarlierWaves(IPlatform platform, ITrafficSource traffic, IReadOnlyList<ISignalSource> sources, ReleasePlan plan, int step, TimeProvider time)
    {
        _cadence = plan.Steps[step].Bake.SampleEvery;
        _plan = plan with { Gate = plan.Gate with { Signals = [.. plan.Gate.Signals.Where(NeedsNoOtherRegion)] } };
        _standing = Standing.OfEarlier(plan, step);
        _sampler = new SignalSampler(platform, traffic, sources, _cadence, time);
        _time = time;
        _window = GateWindow.Open(plan.Candidate.Digest);
    }

    /// <summary>A look, if one is due.</summary>
    /// <returns>What is bad; null when nothing is, or nothing stands elsewhere.</returns>
    public async Task<string?> LookAsync(CancellationToken cancellationToken)
    {
        if (_standing.WantedIn is not { Count: > 0 } regions || (_looked is { } last && _time.GetElapsedTime(last) < _cadence)) return null;

        var sample = await _sampler.LookAsync(_plan, _standing, cancellationToken);
        var now = _time.GetTimestamp();
        _window = _window.Add(_plan.Gate, sample with { Span = _looked is { } before ? _time.GetElapsedTime(before, now) : TimeSpan.Zero });
        _looked = now;
        var judgement = HealthGate.Judge(_plan.Gate, _window, TimeSpan.MaxValue);
        return judgement.Verdict == Verdict.Unhealthy ? $"meanwhile, in {string.Join(", ", regions)}: {judgement.Because}" : null;
    }

    /// <summary>Calls are compared with the running version's in the same region, data with the version beside it, and a program asks whom it likes: that waits for the bake.</summary>
    private static bool NeedsNoOtherRegion(HealthSignal signal) => signal.Rule is not (SignalRule.Metric or SignalRule.Data or SignalRule.Command);
}
