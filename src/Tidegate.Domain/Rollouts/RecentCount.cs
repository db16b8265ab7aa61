namespace Tidegate;

/// <summary>Events and exposures of the newest windows.</summary>
internal sealed class RecentCount(int windows)
{
    private readonly EventCount[] _windows = new EventCount[windows];
    private int _at;

    public EventCount Sum { get; private set; }

    public void Add(EventCount count)
    {
        var old = _windows[_at];
        Sum = new(Sum.Events + count.Events - old.Events, Sum.Exposures + count.Exposures - old.Exposures);
        _windows[_at] = count;
        _at = (_at + 1) % _windows.Length;
    }

    /// <summary>No more than what is usual, and a little: a rise is over.</summary>
    public bool IsCalm(double reference, double dispersion) => Sum.Events <= (2.5 * reference * Sum.Exposures) + (2 * dispersion);

    public void Clear()
    {
        Array.Clear(_windows);
        Sum = default;
    }
}
