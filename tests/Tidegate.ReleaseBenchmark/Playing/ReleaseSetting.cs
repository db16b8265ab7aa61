using System.Security.Cryptography;
using System.Text;
using Tidegate.Engine.Simulation;
using Tidegate.ReleaseBenchmark.Worlds;

namespace Tidegate.ReleaseBenchmark.Playing;

/// <summary>The simulated production in which one release is played.</summary>
internal sealed class ReleaseSetting
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public ReleaseSetting(ReleasePipeline pipeline, ReleaseWorld world, int seed)
    {
        Time = new VirtualTime(Noon);
        Environment = pipeline.Definition[Stage.Canary].Environment;
        Platform = new SimulatedPlatform([Environment], pipeline.Endpoints, Time, Mixed(world.Name, seed), world.World)
        {
            Candidate = New.Digest,
            StartTime = TimeSpan.FromSeconds(20),
            CountedBefore = TimeSpan.FromHours(1),
            Shared = pipeline.Callees,
        };
        Platform.Seed(Environment.Name, Old.Digest);
    }

    public static ReleaseArtifact Old { get; } = Artifact("running");

    public static ReleaseArtifact New { get; } = Artifact("candidate");

    public VirtualTime Time { get; }

    public DeploymentEnvironment Environment { get; }

    public SimulatedPlatform Platform { get; }

    private static ReleaseArtifact Artifact(string name) =>
        new("orders", name, ArtifactDigest.FromHash(SHA256.HashData(Encoding.UTF8.GetBytes(name))));

    /// <summary>Each world has seeds of its own; every policy that plays it has the same.</summary>
    private static int Mixed(string world, int seed)
    {
        var hash = 2166136261U;
        foreach (var letter in world) hash = (hash ^ letter) * 16777619U;
        return (int)(hash + ((uint)seed * 2654435761U));
    }
}
