using Tidegate.Pipeline.Declared;

namespace Tidegate.Pipeline.Validation;

/// <summary>Each stage releases to a place that suits it.</summary>
internal static class EnvironmentValidator
{
    public static void Check(DeclaredProfile profile)
    {
        var names = profile.Environments.Select(e => e.Value.Name).OfType<string>().ToList();
        foreach (var stage in profile.Stages.Where(s => s.Environment is not null))
        {
            if (profile.Environment(stage) is { } environment) Suits(stage, environment);
            else At(stage).Refuse(Code.UnknownEnvironment, $"there is no environment {Foreign.Quoted(stage.Environment!)}.", NearestName.Advice(stage.Environment!, names));
        }

        Same(profile, Stage.UpgradeDowngradeTest, Stage.DeployGamma, "it goes up and down where gamma stands afterwards");
        Same(profile, Stage.RegionWaves, Stage.Canary, "waves go on from where the canary began");
        if (profile.Stage(Stage.UpgradeDowngradeTest) is { } test && profile.Stage(Stage.DeployGamma) is null)
        {
            test.At.Refuse(Code.NothingToGoUpFrom, "there is no deployGamma, so no earlier version would ever run here to go up from and down to.", "Declare deployGamma, or leave upgradeDowngradeTest out.");
        }

        Apart(profile, [Stage.DeployAlpha, Stage.DeployBeta, Stage.DeployGamma, Stage.Canary]);

        foreach (var environment in profile.Environments.Where(e => e.Value.Watched && (e.Value.Ephemeral || e.Value.Regions.Any(r => r.Value.Addresses.Count == 0))))
        {
            environment.At.Member("regions").Refuse(
                Code.WatchedInPart,
                "a region with addresses is run by something else, and then all of its environment is, which is not made here either.",
                "Give every region its addresses and leave \"ephemeral\" out, or remove the addresses.");
        }

        foreach (var environment in profile.Environments.Where(e => e.Value.Name is { } name && profile.Stages.Count > 0 && profile.Stages.All(s => s.Environment != name)))
        {
            environment.At.Refuse(Code.EnvironmentUnused, $"no stage releases to {Foreign.Quoted(environment.Value.Name!)}.", "Remove it, or name it in a stage.");
        }
    }

    private static Place At(DeclaredStage stage) => stage.At.Member("environment");

    private static void Suits(DeclaredStage stage, DeclaredEnvironment environment)
    {
        switch (stage.Stage, environment.Ephemeral)
        {
            case (Stage.DeployAlpha, false):
                At(stage).Refuse(Code.NotEphemeral, $"alpha is made from scratch for each artifact, and {Foreign.Quoted(environment.Name!)} is not ephemeral.", "Give that environment \"ephemeral\": true, or name another.");
                break;
            case (not Stage.DeployAlpha, true):
                At(stage).Refuse(Code.NotPersistent, $"{stage.Stage.Written()} needs a persistent environment, and {Foreign.Quoted(environment.Name!)} is ephemeral.", "Name a persistent environment; only alpha's is ephemeral.");
                break;
        }
    }

    private static void Same(DeclaredProfile profile, Stage one, Stage other, string because)
    {
        var stage = profile.Stage(one);
        if ((profile.Environment(stage)?.Name, profile.Environment(profile.Stage(other))?.Name) is not ({ } here, { } there) || here == there) return;
        At(stage!).Refuse(Code.EnvironmentApart, $"{one.Written()} and {other.Written()} release to the same environment: {because}.", $"Write {Foreign.Quoted(there)} here, as {other.Written()} does.");
    }

    private static void Apart(DeclaredProfile profile, Stage[] stages)
    {
        var taken = new Dictionary<string, Stage>(StringComparer.Ordinal);
        foreach (var stage in stages.Select(profile.Stage).OfType<DeclaredStage>().Where(s => s.Environment is not null))
        {
            if (taken.TryAdd(stage.Environment!, stage.Stage)) continue;
            At(stage).Refuse(
                Code.EnvironmentShared,
                $"{taken[stage.Environment!].Written()} releases to {Foreign.Quoted(stage.Environment!)} already: a stage that shares its place proves nothing new.",
                "Give each of alpha, beta, gamma and production an environment of its own.");
        }
    }
}
