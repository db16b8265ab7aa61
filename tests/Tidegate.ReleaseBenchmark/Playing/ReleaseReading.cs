using Tidegate.Engine;

namespace Tidegate.ReleaseBenchmark.Playing;

/// <summary>What is told of a release while it runs: by the engine's own words, and by the shares that are in effect.</summary>
internal sealed class ReleaseReading(ArtifactDigest candidate, TimeProvider time, bool tell = false) : IReleaseProgress
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    /// <summary>Probes that are no further apart are one.</summary>
    private static readonly TimeSpan Apart = TimeSpan.FromMinutes(1);

    private readonly DateTimeOffset _began = time.GetUtcNow();
    private DateTimeOffset? _probing;
    private DateTimeOffset? _quiet;

    public TimeSpan Elapsed => time.GetUtcNow() - _began;

    public TimeSpan? To100 { get; private set; }

    public TimeSpan? ToVerdict { get; private set; }

    public int Probes { get; private set; }

    public bool Stuck { get; private set; }

    public string? Accused { get; private set; }

    public void Report(ReleaseProgress what)
    {
        if (what is not ReleaseProgress.Moved { Release.State: var state, Event: var happened }) return;
        if (tell) Console.Error.WriteLine($"{Elapsed.TotalSeconds,6:0}  {Told(happened)}");
        if (happened is ReleaseEvent.TargetsChosen chosen) Probe(chosen.Because == RolloutWords.Probe, time.GetUtcNow());
        if (state is ReleaseState.RollingBack { Because: var because }) Verdict(because);
        if (state is ReleaseState.Held { Question: var question }) Accused = Signal(question);
    }

    /// <summary>What runs in every region now.</summary>
    public void See(EnvironmentObservation seen)
    {
        if (ToVerdict is not null) return;

        if (seen.Regions.All(r => (r.Of(candidate)?.Share ?? TrafficShare.None) == TrafficShare.All)) To100 ??= time.GetUtcNow() - _began;
        if (_probing is { } since && _quiet is null) Stuck |= time.GetUtcNow() - since > Long;
    }

    /// <summary>The signal that a reason begins with.</summary>
    public static string Signal(string because)
    {
        const string comparison = $"{Judgement.Comparison}: ";
        if (because.StartsWith(comparison, StringComparison.Ordinal)) return because[comparison.Length..].Split(" in ")[0];

        var words = because.StartsWith("meanwhile, in ", StringComparison.Ordinal)
            ? because[(because.IndexOf(": ", StringComparison.Ordinal) + 2)..]
            : because;
        var end = words.IndexOfAny([':', ',', ';']);
        return end < 0 ? words : words[..end];
    }

    private void Verdict(string because)
    {
        ToVerdict ??= Elapsed;
        Accused = Signal(because);
    }

    private static string Told(ReleaseEvent happened) => happened switch
    {
        ReleaseEvent.TargetsChosen chosen => $"{string.Join("; ", chosen.Targets)} ({chosen.Because})",
        ReleaseEvent.Judged judged => $"{judged.Judgement.Verdict}: {judged.Judgement.Because}",
        _ => happened.ToString(),
    };

    private void Probe(bool on, DateTimeOffset now)
    {
        if (!on)
        {
            if (_probing is not null) _quiet ??= now;
            return;
        }

        if (_probing is null || (_quiet is { } ended && now - ended > Apart))
        {
            Probes++;
            _probing = now;
        }

        _quiet = null;
    }
}
