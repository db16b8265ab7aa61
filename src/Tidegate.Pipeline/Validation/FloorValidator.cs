using Tidegate.Pipeline.Declared;

namespace Tidegate.Pipeline.Validation;

/// <summary>Request floors are of endpoints that are counted, and can be met.</summary>
internal static class FloorValidator
{
    public static void Check(DeclaredPipeline pipeline, DeclaredProfile profile)
    {
        var endpoints = pipeline.Endpoints.Select(e => e.Value).ToList();
        foreach (var stage in profile.Stages)
        {
            foreach (var floor in stage.Floors)
            {
                if (!endpoints.Contains(floor.Key))
                {
                    floor.At.Refuse(Code.UnknownEndpoint, $"{Foreign.Quoted(floor.Key)} is none of the endpoints, so nobody counts it.", NearestName.Advice(floor.Key, endpoints));
                    continue;
                }

                var most = Expected(endpoints, profile, stage, floor.Key);
                if (most is not { } expected || floor.Value <= expected) continue;
                floor.At.Refuse(
                    Code.FloorOutOfReach,
                    FormattableString.Invariant($"{floor.Value} requests to {floor.Key} are asked for, and about {expected:0.#} can be expected in the longest bake of {stage.Stage.Written()}'s first step."),
                    "Lower the floor, or lengthen the bake (\"first\", \"maximumFactor\"), or count on more traffic.");
            }
        }
    }

    /// <summary>Requests that the candidate gets in the first step if it goes on for as long as it may; later steps get more.
    /// Null when the file does not tell enough.</summary>
    private static double? Expected(List<string> endpoints, DeclaredProfile profile, DeclaredStage stage, string endpoint)
    {
        if (stage.Bake is not { First: { } first } bake || profile.Environment(stage).Regions() is not { } regions) return null;

        var ordered = WavePlanner.ByTraffic(regions).ToList();
        var exposed = stage.Stage switch
        {
            Stage.Canary when stage.Shares.Count > 0 => ordered[0].RequestsPerSecond * stage.Shares[0].Value / 100,
            Stage.Canary => (double?)null,
            Stage.RegionWaves => stage.Waves.Count > 0 ? null : ordered[0].RequestsPerSecond * new Headroom(profile.Headroom).Batch(ordered[0].Instances) / ordered[0].Instances,
            Stage.UpgradeDowngradeTest => null,
            _ => regions.Sum(r => r.RequestsPerSecond),
        };
        return exposed * Part(endpoints, profile, endpoint) * first.TotalSeconds * bake.MaximumFactor;
    }

    /// <summary>The endpoint's part of all traffic: as the synthetic users say, or unknown and then all of it.</summary>
    private static double Part(List<string> endpoints, DeclaredProfile profile, string endpoint)
    {
        var total = profile.Users.Sum(u => u.Value.Weight ?? 0);
        return total == 0
            ? 1
            : profile.Users.Select(u => u.Value).Where(u => u is { Method: not null, Path: not null } && Endpoints.Serving(endpoints, u.Method, u.Path) == endpoint).Sum(u => u.Weight ?? 0) / (double)total;
    }
}
