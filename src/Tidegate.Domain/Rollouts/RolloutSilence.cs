namespace Tidegate;

/// <summary>None of what is routed to the candidate is counted, while the running version beside it counts its part: a black hole, and no chance.</summary>
/// <remarks>Thirty requests were to be expected by the shares, and none came in a minute: e⁻³⁰ if they were routed at random. Where all requests go to the
/// candidate there is nobody beside it who tells that there are any.</remarks>
internal sealed class RolloutSilence(int regions)
{
    private const double Certain = 30, AMinute = 60;

    private readonly double[] _expected = new double[regions];
    private readonly double[] _seconds = new double[regions];

    public void Add(RolloutWindow window, IReadOnlyList<RegionTrack> tracks)
    {
        for (var r = 0; r < regions; r++)
        {
            var (seen, track) = (window.Regions[r], tracks[r]);
            if (seen.Missing is not null || !track.IsSplit || !track.Steady || seen.CandidateReady == 0) continue;
            if (seen.CandidateCount.Exposures > 0)
            {
                (_expected[r], _seconds[r]) = (0, 0);
                continue;
            }

            _expected[r] += seen.RunningCount.Exposures * seen.Share.Ratio / seen.Share.Rest.Ratio;
            _seconds[r] += window.Seconds;
        }
    }

    /// <returns>The first region that is silent, and the requests that were to be expected there; null: none.</returns>
    public (int Region, double Expected)? Found
    {
        get
        {
            for (var r = 0; r < regions; r++)
            {
                if (_seconds[r] >= AMinute && _expected[r] >= Certain) return (r, _expected[r]);
            }

            return null;
        }
    }
}
