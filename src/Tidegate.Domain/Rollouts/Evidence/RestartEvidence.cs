namespace Tidegate;

/// <summary>Instances that die without an order: the candidate's beside the running version's last day, or beside its deaths now when those are recent.</summary>
/// <remarks>A death is counted once for each region, version and five minutes: what takes a node takes several at once.</remarks>
internal sealed class RestartEvidence
{
    private const double Borne = 3, SameNode = 300, Recent = 600;
    private static readonly double[] Times = [3, 10, 30, 100, 1000];
    private static readonly RateRatio Paired = new(Borne, [.. Times.Select(t => Borne * t)]);

    private readonly double[] _mine;
    private readonly double[] _theirs;
    private readonly double _usual;
    private double _lastOfTheirs = double.NegativeInfinity;

    /// <param name="crashes">The running version's, in its last day.</param>
    /// <param name="hours">Instance-hours that they are of; above 0.</param>
    public RestartEvidence(int regions, double crashes, double hours, double tail)
    {
        Process = new(Times.Length, tail);
        _usual = Borne * (crashes + 1) / hours;
        _mine = Never(regions);
        _theirs = Never(regions);
    }

    public PlannedProcess Process { get; }

    /// <summary>λ₀: deaths of an instance in an hour that are borne.</summary>
    public double Usual => _usual;

    /// <param name="at">Judged seconds since the release began.</param>
    /// <param name="seconds">Of this window.</param>
    /// <param name="mine">By region: instances of the candidate that died.</param>
    /// <param name="hours">Instance-hours of the candidate in this window.</param>
    /// <returns>Something was seen.</returns>
    public bool Add(double at, double seconds, ReadOnlySpan<int> mine, ReadOnlySpan<int> theirs, double hours, double theirHours)
    {
        var (dead, theirDead) = (Count(at, mine, _mine), Count(at, theirs, _theirs));
        // The past alone chooses the form, so that what happens now cannot. In it each death counts, also of one node.
        var quiet = at - _lastOfTheirs > Recent;
        foreach (var deaths in theirs)
        {
            if (deaths > 0) _lastOfTheirs = at;
        }

        if (hours <= 0) return false;

        Process.Judge(seconds);

        Span<double> logs = stackalloc double[Times.Length];
        logs.Clear();
        if (quiet)
        {
            for (var k = 0; k < logs.Length; k++) logs[k] = (dead * Math.Log(Times[k])) - ((Times[k] - 1) * _usual * hours);
        }
        else if (dead + theirDead > 0 && theirHours > 0)
        {
            Paired.Add(hours, theirHours, dead, theirDead, logs);
        }
        else
        {
            return false;
        }

        Process.See(logs);
        return true;
    }

    private static int Count(double at, ReadOnlySpan<int> deaths, double[] last)
    {
        var counted = 0;
        for (var r = 0; r < deaths.Length; r++)
        {
            if (deaths[r] == 0 || at - last[r] < SameNode) continue;
            counted++;
            last[r] = at;
        }

        return counted;
    }

    private static double[] Never(int regions)
    {
        var never = new double[regions];
        Array.Fill(never, double.NegativeInfinity);
        return never;
    }
}
