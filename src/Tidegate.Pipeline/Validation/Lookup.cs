using Tidegate.Pipeline.Declared;

namespace Tidegate.Pipeline.Validation;

/// <summary>Finding by name what a profile declares; null for what is missing or was refused.</summary>
internal static class Lookup
{
    public static DeclaredStage? Stage(this DeclaredProfile profile, Stage stage) => profile.Stages.FirstOrDefault(s => s.Stage == stage);

    public static DeclaredEnvironment? Environment(this DeclaredProfile profile, DeclaredStage? stage) =>
        profile.Environments.Select(e => e.Value).FirstOrDefault(e => e.Name is not null && e.Name == stage?.Environment);

    public static DeclaredSignal? Signal(this DeclaredPipeline pipeline, string name) =>
        pipeline.Signals.Select(s => s.Value).FirstOrDefault(s => s.Name == name);

    /// <summary>The environment's regions, as far as they are complete; null when one is not, so that nothing is said of half a picture.</summary>
    public static IReadOnlyList<Region>? Regions(this DeclaredEnvironment? environment)
    {
        if (environment is null || environment.Regions.Count == 0) return null;
        var regions = environment.Regions.Select(r => r.Value).Where(r => r is { Name: not null, Instances: not null }).ToList();
        return regions.Count == environment.Regions.Count && regions.DistinctBy(r => r.Name).Count() == regions.Count
            ? [.. regions.Select(r => new Region(r.Name!, r.Instances!.Value, r.RequestsPerSecond))]
            : null;
    }

    /// <summary>The stage as configuration writes it, for example <c>deployBeta</c>.</summary>
    public static string Written(this Stage stage) => char.ToLowerInvariant(stage.ToString()[0]) + stage.ToString()[1..];
}
