namespace Tidegate;

/// <summary>One question asked of both versions in every region: its counts until a window closes, and its evidence for the service and for each region.</summary>
/// <remarks>Counts of two regions or of two shares are never added up: their logarithms are (Simpson's paradox).</remarks>
internal sealed class PairedStream
{
    private readonly RateRatio _question;
    private readonly double _closesAt;
    private readonly int _zones;
    private readonly double[] _pending; // by region and zone: n, m, a, b
    private readonly double[] _sum;
    private bool _any;

    public PairedStream(EvidenceKind kind, string name, RateRatio question, double weight, double closesAt, int regions, int zones, Beginnings beginnings)
    {
        (Kind, Name, _question, Weight, _closesAt, _zones) = (kind, name, question, weight, closesAt, zones);
        var alternatives = question.Alternatives.Length;
        Service = new(alternatives, beginnings.TailOf(kind));
        Regions = [.. Enumerable.Range(0, regions).Select(_ => new PlannedProcess(alternatives, beginnings.TailOf(kind)))];
        _pending = new double[4 * regions * zones];
        _sum = new double[alternatives];
    }

    public EvidenceKind Kind { get; }

    /// <summary>For people, for example the endpoint.</summary>
    public string Name { get; }

    /// <summary>Of the whole budget.</summary>
    public double Weight { get; }

    public PlannedProcess Service { get; }

    public IReadOnlyList<PlannedProcess> Regions { get; }

    /// <summary>The failures that follow a window's first are, in part, the same burst.</summary>
    public static double Softened(double events, double dispersion) =>
        events >= 1 ? 1 + ((events - 1) / dispersion) : 0;

    /// <summary>One region's window so far, in one zone: exposures and events of both versions.</summary>
    public void Add(int region, int zone, double n, double m, double a, double b)
    {
        var pending = _pending.AsSpan(4 * ((region * _zones) + zone), 4);
        pending[0] += n;
        pending[1] += m;
        pending[2] += a;
        pending[3] += b;
    }

    /// <summary>The region's window closes if it has requests of both versions, and enough.</summary>
    /// <param name="lift">How many times as often a young instance may show it.</param>
    /// <returns>It has closed, with or without events.</returns>
    public bool Close(int region, Tempering tempering, double lift)
    {
        var (requests, events, both) = (0.0, 0.0, false);
        for (var z = 0; z < _zones; z++)
        {
            var p = At(region, z);
            if (p[0] <= 0 || p[1] <= 0) continue;
            both = true;
            requests += p[0] + p[1];
            events += p[2] + p[3];
        }

        if (!both || requests < _closesAt) return false;
        if (events > 0)
        {
            Span<double> logs = stackalloc double[_sum.Length];
            logs.Clear();
            for (var z = 0; z < _zones; z++)
            {
                var p = At(region, z);
                if (p[0] > 0 && p[1] > 0) _question.Add(lift * p[0], p[1], p[2], p[3], logs);
            }

            for (var k = 0; k < logs.Length; k++)
            {
                logs[k] = tempering.Apply(logs[k]);
                _sum[k] += logs[k];
            }

            Regions[region].See(logs);
            _any = true;
        }

        Drop(region);
        return true;
    }

    /// <summary>What waits in a region is forgotten: its shares have changed.</summary>
    public void Drop(int region) => _pending.AsSpan(4 * region * _zones, 4 * _zones).Clear();

    /// <summary>All regions of this window have been told of.</summary>
    /// <returns>Something was seen.</returns>
    public bool Merge()
    {
        if (!_any) return false;
        Service.See(_sum);
        Array.Clear(_sum);
        _any = false;
        return true;
    }

    public void Forget()
    {
        Service.Forget();
        foreach (var region in Regions) region.Forget();
    }

    private Span<double> At(int region, int zone) => _pending.AsSpan(4 * ((region * _zones) + zone), 4);
}
