namespace Tidegate;

/// <summary>Memory of the canary beside instances of the running version of its age: minute means, and their slope.</summary>
internal sealed class MemoryEvidence(double variance)
{
    private const double Minute = 60;
    private MemorySlope _slope;
    private double _sum;
    private int _readings;
    private double _from = double.NaN;

    /// <summary>In nats.</summary>
    public double LogValue { get; private set; }

    /// <param name="at">Judged seconds since the release began.</param>
    /// <param name="difference">In percent of the limit.</param>
    /// <returns>A minute is full.</returns>
    public bool Add(double at, double difference)
    {
        if (double.IsNaN(_from)) _from = at;
        _sum += difference;
        _readings++;
        if (at - _from < Minute) return false;

        _slope = _slope.Add((at + _from) / 2 / Minute, _sum / _readings);
        (_from, _sum, _readings) = (at, 0, 0);
        LogValue = _slope.LogValue(variance);
        return true;
    }
}
