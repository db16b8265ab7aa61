using System.Text.Json.Nodes;
using Tidegate.Pipeline;

namespace Tidegate.ReleaseBenchmark.Playing;

/// <summary>The repository's own configuration, with the watch that was asked for.</summary>
internal sealed record ReleasePipeline(
    PipelineDefinition Definition, IReadOnlyList<string> Endpoints, IReadOnlyList<string> Callees)
{
    /// <param name="watch">Null: the profile's.</param>
    /// <exception cref="InvalidDataException">With every problem of the file.</exception>
    public static ReleasePipeline Load(string file, string profile, string? watch)
    {
        var written = Path.Combine(Path.GetTempPath(), $"tidegate-release-benchmark-{Environment.ProcessId}.json");
        try
        {
            var json = JsonNode.Parse(File.ReadAllText(file))!;
            if (watch is not null && json["profiles"]?[profile]?["comparison"] is JsonObject comparison)
            {
                comparison["watch"] = watch;
            }

            File.WriteAllText(written, json.ToJsonString());
            return DeliveryConfiguration.Load(written, profile) switch
            {
                LoadResult.Loaded loaded => Of(loaded),
                LoadResult.Invalid invalid => throw new InvalidDataException(string.Join('\n', invalid.Problems)),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
        }
        finally
        {
            File.Delete(written);
        }
    }

    /// <summary>In the form that the configuration has.</summary>
    public static string Written(TimeSpan watch) => FormattableString.Invariant($"{(int)watch.TotalMinutes}m");

    private static ReleasePipeline Of(LoadResult.Loaded loaded) => new(
        loaded.Definition,
        loaded.Topology.Endpoints,
        [.. loaded.Definition.Stages.SelectMany(s => s.Gate.Signals)
            .Where(s => s.Scope == SignalScope.Downstream).Select(s => s.Neighbour).OfType<string>().Distinct()]);
}
