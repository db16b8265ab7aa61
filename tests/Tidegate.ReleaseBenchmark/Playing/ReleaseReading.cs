using Tidegate.Engine;

namespace Tidegate.ReleaseBenchmark.Playing;

/// <summary>What is told of a release while it runs: by the engine's words, and by the shares in effect.</summary>
internal sealed class ReleaseReading(ArtifactDigest candidate, TimeProvider time) : IReleaseProgress
{
    /// <summary>A released region with less than this is probed; with more it only keeps a little control.</summary>
    private static readonly TrafficShare Probed = TrafficShare.Percent(94);

    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    /// <summary>Probes that are no further apart are one.</summary>
    private static readonly TimeSpan Apart = TimeSpan.FromMinutes(1);

    private readonly DateTimeOffset _began = time.GetUtcNow();
    private readonly HashSet<string> _full = new(StringComparer.Ordinal);
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
        if (what is not ReleaseProgress.Moved { Release.State: var state }) return;
        if (state is ReleaseState.RollingBack { Because: var because }) Verdict(because);
        if (state is ReleaseState.Held { Question: var question }) Accused = Signal(question);
    }

    /// <summary>What runs in every region now.</summary>
    public void See(EnvironmentObservation seen)
    {
        if (ToVerdict is not null) return;

        var (all, probed, now) = (true, false, time.GetUtcNow());
        foreach (var region in seen.Regions)
        {
            var share = region.Of(candidate)?.Share ?? TrafficShare.None;
            if (share == TrafficShare.All) _full.Add(region.Region);
            else all = false;
            probed |= share < Probed && _full.Contains(region.Region);
        }

        if (all) To100 ??= now - _began;
        Probe(probed, now);
    }

    /// <summary>The signal that a reason begins with.</summary>
    public static string Signal(string because)
    {
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

    private void Probe(bool on, DateTimeOffset now)
    {
        if (on)
        {
            if (_probing is null)
            {
                Probes++;
                _probing = now;
            }

            _quiet = null;
            Stuck |= now - _probing > Long;
            return;
        }

        _quiet ??= now;
        if (now - _quiet >= Apart) _probing = null;
    }
}
