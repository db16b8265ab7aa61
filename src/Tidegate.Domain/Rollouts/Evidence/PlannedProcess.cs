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

    private readonly double[] _begun;
    private double _unbegun = 1;
    private double _waiting;
    private double _tail;
    private double _judged;

    /// <param name="alternatives">How many sizes of fault.</param>
    /// <param name="tail">The part of the capital that is spread over all other times: 0 to 1.</param>
    public PlannedProcess(int alternatives, double tail)
    {
        _begun = new double[alternatives];
        Array.Fill(_begun, double.NegativeInfinity);
        _tail = tail;
    }

    private PlannedProcess(PlannedProcess other)
    {
        _begun = [.. other._begun];
        (_unbegun, _waiting, _tail, _judged, LogValue) = (other._unbegun, other._waiting, other._tail, other._judged, other.LogValue);
    }

    /// <summary>ln E. A beginning changes it not at all, time does not either: only what is seen does.</summary>
    public double LogValue { get; private set; }

    public double Value => Math.Exp(LogValue);

    public PlannedProcess Copy() => new(this);

    /// <summary>A fault may begin now, with this part of the capital; never more than is left.</summary>
    public void Begin(double mass)
    {
        mass = Math.Min(mass, _unbegun);
        _unbegun -= mass;
        _waiting += mass;
    }

    /// <summary>So long was judged: the tail gives its part.</summary>
    public void Judge(double seconds)
    {
        var mass = _tail * seconds / (TailSeconds + _judged);
        _tail -= mass;
        _judged += seconds;
        Begin(mass);
    }

    /// <summary>A closed window with events.</summary>
    /// <param name="logs">ln of the likelihood ratio for each size of fault.</param>
    public void See(ReadOnlySpan<double> logs)
    {
        var each = _waiting > 0 ? Math.Log(_waiting / _begun.Length) : double.NegativeInfinity;
        _waiting = 0;
        for (var k = 0; k < _begun.Length; k++) _begun[k] = LogDomain.Add(_begun[k], each) + logs[k];
        Sum();
    }

    /// <summary>What has begun is given up, and E falls to what has not: free, since it only falls. Beginnings to come stay.</summary>
    public void Forget()
    {
        Array.Fill(_begun, double.NegativeInfinity);
        LogValue = Math.Log(Math.Max(1e-300, _unbegun + _waiting));
    }

    private void Sum()
    {
        Span<double> parts = stackalloc double[_begun.Length + 1];
        _begun.CopyTo(parts);
        parts[^1] = _unbegun + _waiting > 0 ? Math.Log(_unbegun + _waiting) : double.NegativeInfinity;
        LogValue = LogDomain.Sum(parts);
    }
}
