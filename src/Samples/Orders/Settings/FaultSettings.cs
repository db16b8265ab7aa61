using Orders.Web;

namespace Orders.Settings;

/// <summary>
/// Section <c>Faults</c>: ways to be a bad release on purpose, so that a pipeline can be seen to stop one. All are off
/// unless they are set.
/// </summary>
internal sealed record FaultSettings
{
    public const int LongestLatencyMilliseconds = 60_000;
    public const double FastestLeakMegabytesPerSecond = 64;
    public const double LongestLeakDelaySeconds = 86_400;
    public const int OldestOrderFormat = 1;
    public const int NewestOrderFormat = 2;

    /// <summary>The part of the requests to <see cref="ErrorEndpoint"/> that are answered with 500.</summary>
    /// <value>A ratio from 0 to 1. Default 0. Which requests fail is seeded by the instance's identity.</value>
    public double ErrorRate { get; init; }

    /// <summary>Where <see cref="ErrorRate"/> applies.</summary>
    /// <value>One of <see cref="Endpoints.ForPeople"/>. Default "GET /products".</value>
    public string ErrorEndpoint { get; init; } = Endpoints.Products;

    /// <summary>How much later than it could every request to <see cref="LatencyEndpoint"/> is answered.</summary>
    /// <value>Milliseconds, from 0 to <see cref="LongestLatencyMilliseconds"/>. Default 0.</value>
    public int LatencyMilliseconds { get; init; }

    /// <summary>Where <see cref="LatencyMilliseconds"/> applies.</summary>
    /// <value>One of <see cref="Endpoints.ForPeople"/>. Default "GET /products".</value>
    public string LatencyEndpoint { get; init; } = Endpoints.Products;

    /// <summary>The part of the calls to the catalog that is followed by one more, for a product that does not exist: users
    /// notice nothing.</summary>
    /// <value>A ratio from 0 to 1. Default 0. Which ones is seeded by the instance's identity.</value>
    public double StrayCatalogCalls { get; init; }

    /// <summary>Ends the process with an unhandled exception before it listens.</summary>
    /// <value>Default false.</value>
    public bool CrashAtStart { get; init; }

    /// <summary>Memory that is taken, written to and never given back.</summary>
    /// <value>Mebibytes in a second, from 0 to <see cref="FastestLeakMegabytesPerSecond"/>. Default 0.</value>
    public double LeakMegabytesPerSecond { get; init; }

    /// <summary>How long after the start the leak begins.</summary>
    /// <value>Seconds, fractions allowed, from 0 to <see cref="LongestLeakDelaySeconds"/>. Default 0.</value>
    public double LeakAfterSeconds { get; init; }

    /// <summary>
    /// The format in which orders are stored. A release with 1 reads and writes 1; a release with 2 reads both and
    /// writes 2, which a release with 1 cannot read: its <c>GET /orders/{id}</c> then answers 500.
    /// </summary>
    /// <value><see cref="OldestOrderFormat"/> or <see cref="NewestOrderFormat"/>. Default <see cref="OldestOrderFormat"/>.</value>
    public int OrderFormat { get; init; } = OldestOrderFormat;

    public static FaultSettings Read(SettingsReader settings) => new()
    {
        ErrorRate = settings.Number("ErrorRate", 0.0, 0, 1),
        ErrorEndpoint = settings.OneOf("ErrorEndpoint", Endpoints.Products, Endpoints.ForPeople),
        LatencyMilliseconds = settings.Number("LatencyMilliseconds", 0, 0, LongestLatencyMilliseconds),
        LatencyEndpoint = settings.OneOf("LatencyEndpoint", Endpoints.Products, Endpoints.ForPeople),
        StrayCatalogCalls = settings.Number("StrayCatalogCalls", 0.0, 0, 1),
        CrashAtStart = settings.Switch("CrashAtStart"),
        LeakMegabytesPerSecond = settings.Number("LeakMegabytesPerSecond", 0.0, 0, FastestLeakMegabytesPerSecond),
        LeakAfterSeconds = settings.Number("LeakAfterSeconds", 0.0, 0, LongestLeakDelaySeconds),
        OrderFormat = settings.Number("OrderFormat", OldestOrderFormat, OldestOrderFormat, NewestOrderFormat),
    };
}
