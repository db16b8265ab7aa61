using System.Security.Cryptography;
using System.Text;

namespace Tidegate.Testing;

/// <summary>Things to test with, when a test does not care which.</summary>
public static class Some
{
    public static DateTimeOffset Noon { get; } = new(2026, 3, 8, 12, 0, 0, TimeSpan.Zero);

    public static ArtifactDigest Digest(string of) => ArtifactDigest.FromHash(SHA256.HashData(Encoding.UTF8.GetBytes(of)));

    public static ReleaseArtifact Artifact(string version) => new("orders", version, Digest(version));

    public static HealthSignal Errors { get; } = Signal("errors", new SignalRule.ErrorRate(0.01, 1.5));

    public static HealthSignal Latency { get; } = Signal("latency", new SignalRule.Latency(250, 0.05, 2));

    public static HealthSignal Live { get; } = Signal("live", new SignalRule.Liveness());

    public static HealthSignal Memory { get; } = Signal("memory", new SignalRule.MemoryGrowth(100));

    public static HealthSignal Smoke { get; } = Signal("smoke", new SignalRule.Journey([new("GET", "/products", null, 200, null)]));

    public static HealthSignal Data { get; } = Signal("data", new SignalRule.Data(new("POST", "/orders", "{}", 201, null), new("GET", "/orders/{0}", null, 200, null), "id"));

    /// <summary>Calls to a callee, as the instances count them.</summary>
    public static HealthSignal Calls { get; } = Signal("calls", Metric(new("/metrics", null, null))) with { Scope = SignalScope.Downstream, Neighbour = "catalog" };

    public static SignalRule.Metric Metric(MetricPlace place) => new(
        place,
        new("failed_calls_total", new Dictionary<string, string> { ["peer"] = "catalog" }, Sum: false),
        new("calls_total", new Dictionary<string, string> { ["peer"] = "catalog" }, Sum: false),
        0.01,
        1.5,
        10);

    public static HealthSignal Signal(string name, SignalRule rule, SignalRole role = SignalRole.Critical, NoDataPolicy noData = NoDataPolicy.Hold) =>
        new(name, rule, SignalScope.Own, role, noData, SignalTolerance.For(role));

    public static GateDefinition Gate(params HealthSignal[] signals) =>
        new(signals.Length == 0 ? [Errors, Latency, Live, Memory, Smoke] : signals, new Dictionary<string, int>(), 0.01, 1);

    public static BakePolicy Bakes(double seconds) => new(
        TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds / 4), BakeChange.Shrink, 0.5, TimeSpan.Zero, 4, TimeSpan.FromSeconds(1));

    public static DeploymentEnvironment Production { get; } = new(
        "production",
        [new("eu-north", 2, 15), new("eu-west", 3, 30), new("us-east", 4, 60), new("ap-south", 3, 45)],
        Ephemeral: false);

    /// <summary>A pipeline of all stages, with bakes of some seconds.</summary>
    public static PipelineDefinition Pipeline(Func<StageDefinition, StageDefinition>? change = null)
    {
        var alpha = new DeploymentEnvironment("alpha", [new("alpha-1", 1, 0)], Ephemeral: true);
        var beta = new DeploymentEnvironment("beta", [new("beta-1", 1, 20)], Ephemeral: false);
        var gamma = new DeploymentEnvironment("gamma", [new("gamma-1", 2, 30)], Ephemeral: false);
        change ??= s => s;
        return new PipelineDefinition("orders", "local", "configuration", new Headroom(0.66), 2, [.. new[]
        {
            Stage(Tidegate.Stage.DeployAlpha, alpha, Gate(Live, Smoke)),
            Stage(Tidegate.Stage.DeployBeta, beta, Gate()),
            Stage(Tidegate.Stage.UpgradeDowngradeTest, gamma, Gate(Live, Data)),
            Stage(Tidegate.Stage.DeployGamma, gamma, Gate()),
            Stage(Tidegate.Stage.Canary, Production, Gate()),
            Stage(Tidegate.Stage.RegionWaves, Production, Gate()),
        }.Select(change)]);
    }

    /// <summary>Comparisons of some seconds: the same rules, quicker.</summary>
    public static ComparisonPolicy Comparison { get; } = new(
        "quick",
        SequentialOptions.Default with
        {
            WarmUp = TimeSpan.FromSeconds(5),
            MinimumTime = TimeSpan.FromSeconds(15),
            LowTrafficTime = TimeSpan.FromSeconds(40),
            CapTime = TimeSpan.FromSeconds(60),
            WatchTime = TimeSpan.FromSeconds(120),
            Window = TimeSpan.FromSeconds(1),
            RampEvery = TimeSpan.FromSeconds(2),
            Reaction = TimeSpan.FromSeconds(5),
            Margin = new HarmMargin(2, 0.05),
        },
        1, 1, 1, 3, null, 0.5, 0.5, null);

    private static StageDefinition Stage(Stage stage, DeploymentEnvironment environment, GateDefinition gate) => new(
        stage, environment, gate, Bakes(8), Reaction.RollBack, TimeSpan.FromSeconds(30), [TrafficShare.Percent(10), TrafficShare.Percent(30)], 1, []);
}
