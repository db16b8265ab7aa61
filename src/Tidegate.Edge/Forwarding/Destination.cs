using System.Net;
using System.Net.Sockets;
using Tidegate.Edge.Counting;

namespace Tidegate.Edge.Forwarding;

/// <summary>One instance as the edge sees it, with a gate: once closed, nobody enters, and who is inside is waited for.</summary>
/// <param name="counts">Where the requests are counted for which it is picked first.</param>
/// <param name="host">The edge's own name for it. Each destination has one of its own, so no connection outlives its instance.</param>
internal sealed class Destination(string digest, EdgeInstance instance, InstanceCounts counts, string host)
{
    private static readonly TimeSpan QuarantineTime = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _inside;
    private volatile bool _closed;
    private long _quarantinedAt;

    public string Digest { get; } = digest;

    public EdgeInstance Instance { get; } = instance;

    public InstanceCounts Counts { get; } = counts;

    public string Host { get; } = host;

    public string Prefix { get; } = $"http://{host}/";

    public string Brief { get; } = EdgeHeaders.Brief(digest);

    public int InFlight => Volatile.Read(ref _inside);

    /// <summary>Done when the gate is closed and the last request has left.</summary>
    public Task Empty => _empty.Task;

    /// <summary>Who is inside still has stayed beyond the time to drain: how it ends is nobody's failure.</summary>
    public bool IsCut { get; private set; }

    public int Cut()
    {
        IsCut = true;
        return InFlight;
    }

    /// <summary>False when the gate is closed: then the routing has changed, and another destination must be picked.</summary>
    public bool TryEnter()
    {
        Interlocked.Increment(ref _inside);
        if (!_closed) return true;

        Leave();
        return false;
    }

    public void Leave()
    {
        if (Interlocked.Decrement(ref _inside) == 0 && _closed) _empty.TrySetResult();
    }

    public void Close()
    {
        _closed = true;

        // Both sides write first and read after, so that at least one of them sees the other.
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _inside) == 0) _empty.TrySetResult();
    }

    /// <summary>No connection could be made: others are preferred for a while.</summary>
    public void Quarantine(TimeProvider time) => Volatile.Write(ref _quarantinedAt, time.GetTimestamp());

    public bool IsQuarantined(TimeProvider time) =>
        Volatile.Read(ref _quarantinedAt) is not 0 and var since && time.GetElapsedTime(since) < QuarantineTime;

    public EndPoint EndPoint()
    {
        const string socket = "unix:";
        if (Instance.Address.StartsWith(socket, StringComparison.Ordinal)) return new UnixDomainSocketEndPoint(Instance.Address[socket.Length..]);

        var address = new Uri(Instance.Address);
        return IPAddress.TryParse(address.Host, out var ip) ? new IPEndPoint(ip, address.Port) : new DnsEndPoint(address.Host, address.Port);
    }
}
