using Tidegate.Engine;
using Tidegate.Engine.Simulation;

namespace Tidegate.Pipeline;

/// <summary>The real machine and engine on a simulated platform and a virtual clock: what a release would do, with nothing touched.</summary>
public static class DryRun
{
    /// <summary>The artifact of a dry run; nothing was built for it.</summary>
    public static ReleaseArtifact Candidate(PipelineDefinition pipeline) => new(pipeline.Service, "candidate", Named("candidate"));

    /// <summary>Parts in which an earlier version serves everywhere and the candidate is healthy.</summary>
    /// <param name="endpoints">What users call.</param>
    /// <param name="seed">The same seed gives the same run.</param>
    /// <param name="began">Where the virtual clock begins.</param>
    public static DeliveryParts Parts(PipelineDefinition pipeline, IReadOnlyList<string> endpoints, int seed, DateTimeOffset began, Func<TimeProvider, IReleaseProgress> progress)
    {
        var time = new VirtualTime(began);
        var callees = pipeline.Stages.SelectMany(s => s.Gate.Signals).Where(s => s.Scope == SignalScope.Downstream).Select(s => s.Neighbour).OfType<string>().Distinct();
        var platform = new SimulatedPlatform(pipeline.Environments, endpoints, time, seed)
        {
            Shared = [.. callees],
        };
        foreach (var environment in pipeline.Environments.Where(e => !e.Ephemeral)) platform.Seed(environment.Name, Named("running now"));

        return new(new MemoryLedger(time), platform, platform, [new ObservationSource(), new SimulatedSignals(platform)], progress(time), time) { Probe = platform };
    }

    private static ArtifactDigest Named(string what) =>
        ArtifactDigest.FromHash(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(what)));
}
