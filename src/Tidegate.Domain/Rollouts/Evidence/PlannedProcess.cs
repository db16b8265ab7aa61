namespace Tidegate;

/// <summary>Evidence against a candidate whose faults begin at planned moments: when it meets its first users, when a wave begins, at a probe; and, with a
/// heavy tail, at any other time.</summary>
/// <remarks>
/// E = U + wait + ΣRₖ: what has not begun, what waits for its first events, and what has begun for each size of fault. It is a mean, with weights fixed by the
/// plan, of products that begin at stopping times, so its mean is at most 1 and P(E ever ≥ 1/α) ≤ α over the whole release (Ville 1939). Capital that is
/// planned for the moments at which faults really begin costs less than a constant hazard: <see cref="EProcess"/>.
/// The same windows give the same value; nothing here looks at a clock.
/// </remarks>
public sealed class PlannedProcess
{
    /// <summary>The tail's half-life, in judged time: half of what is left begins within the first half hour.</summary>
    private const double TailSeconds = 1800;

    /// <summary>ln of the largest value that is told: sums of some thousand of them are still numbers.</summary>
    internal const double MostLog = 690;

    private readonly double[] _begun;

    /// <param name="alternatives">How many sizes of fault.</param>
    /// <param name="tail">The part of the capital that is spread over all other times: 0 to 1.</param>
    public PlannedProcess(int alternatives, double tail)
    {
        _begun = new double[alternatives];
        Array.Fill(_begun, double.NegativeInfinity);
        Tail = tail;
    }

    private PlannedProcess(PlannedProcess other)
    {
        _begun = [.. other._begun];
        (Unbegun, Waiting, Tail) = (other.Unbegun, other.Waiting, other.Tail);
        (Judged, LogValue) = (other.Judged, other.LogValue);
    }

    /// <summary>ln E. A beginning changes it not at all, time does not either: only what is seen does.</summary>
    public double LogValue
    {
        get;
        private set
        {
            field = value;
            Value = Math.Exp(Math.Min(value, MostLog));
        }
    }

    public double Value { get; private set; } = 1;

    /// <summary>U: what has not begun.</summary>
    internal double Unbegun { get; private set; } = 1;

    /// <summary>What has begun, and waits for its first events.</summary>
    internal double Waiting { get; private set; }

    /// <summary>What is left of the tail.</summary>
    internal double Tail { get; private set; }

    /// <summary>Seconds.</summary>
    internal double Judged { get; private set; }

    /// <summary>ln Rₖ.</summary>
    internal ReadOnlySpan<double> Begun => _begun;

    public PlannedProcess Copy() => new(this);

    /// <summary>A fault may begin now, with this part of the capital; never more than is left.</summary>
    public void Begin(double mass)
    {
        mass = Math.Min(mass, Unbegun);
        Unbegun -= mass;
        Waiting += mass;
    }

    /// <summary>So long was judged: the tail gives its part.</summary>
    public void Judge(double seconds)
    {
        var mass = Math.Min(Tail, Tail * seconds / (TailSeconds + Judged));
        Tail -= mass;
        Judged += seconds;
        Begin(mass);
    }

    /// <summary>A closed window with events.</summary>
    /// <param name="logs">ln of the likelihood ratio for each size of fault.</param>
    public void See(ReadOnlySpan<double> logs)
    {
        var each = Waiting > 0 ? Math.Log(Waiting / _begun.Length) : double.NegativeInfinity;
        Waiting = 0;
        for (var k = 0; k < _begun.Length; k++) _begun[k] = LogDomain.Add(_begun[k], each) + logs[k];
        Sum();
    }

    /// <summary>What has begun is given up, and E falls to what has not: free, since it only falls. Beginnings to come stay.</summary>
    public void Forget()
    {
        Array.Fill(_begun, double.NegativeInfinity);
        LogValue = Math.Log(Math.Max(1e-300, Unbegun + Waiting));
    }

    private void Sum()
    {
        Span<double> parts = stackalloc double[_begun.Length + 1];
        _begun.CopyTo(parts);
        parts[^1] = Unbegun + Waiting > 0 ? Math.Log(Unbegun + Waiting) : double.NegativeInfinity;
        LogValue = LogDomain.Sum(parts);
    }
}
