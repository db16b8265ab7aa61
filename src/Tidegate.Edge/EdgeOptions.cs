using System.Net;

namespace Tidegate.Edge;

/// <param name="ProbeKey">Whoever sends it may choose the version that answers. Never sent on to an instance.</param>
/// <param name="Seed">Of the draw between versions.</param>
public sealed record EdgeOptions(string ProbeKey, long Seed, TimeProvider Time)
{
    /// <summary>Default: loopback only.</summary>
    public IPAddress Listen { get; init; } = IPAddress.Loopback;

    /// <summary>Wanted port; another one is taken when it is not free. Default 0: any.</summary>
    public int Port { get; init; }

    /// <summary>How long an instance may stay silent during one request. Default 30 s.</summary>
    public TimeSpan SilenceLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many users may be connected at once. Default 4 096.</summary>
    public long MostConnections { get; init; } = 4096;
}
