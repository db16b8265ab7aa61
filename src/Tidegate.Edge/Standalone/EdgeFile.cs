using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tidegate.Edge.Standalone;

/// <summary>The configuration of an edge that runs alone.</summary>
/// <param name="Listen">Address and port for users, for example <c>0.0.0.0:8080</c>. Read at start only.</param>
/// <param name="Metrics">Address and port for <c>/metrics</c>. Read at start only.</param>
/// <param name="ProbeKey">At least 16 characters. Read at start only.</param>
/// <param name="Versions">Where requests go; a change of the file is taken within a second.</param>
public sealed record EdgeFile(
    string Listen,
    string Metrics,
    string ProbeKey,
    IReadOnlyList<EdgeVersion> Versions,
    IReadOnlyList<string> Endpoints)
{
    private const int ShortestKey = 16;

    public EdgeRouting Routing => new(Versions, Endpoints);

    /// <exception cref="InvalidDataException">The file cannot be used; the message says why.</exception>
    public static EdgeFile Read(string path)
    {
        try
        {
            var file = JsonSerializer.Deserialize(File.ReadAllBytes(path), EdgeJson.Default.EdgeFile) ?? throw new InvalidDataException($"{path} is empty.");
            if (file.ProbeKey.Length < ShortestKey) throw new InvalidDataException($"{path}: probeKey has fewer than {ShortestKey} characters.");
            if (file.Versions.FirstOrDefault(v => v.Weight < 0) is { } wrong) throw new InvalidDataException($"{path}: the weight of {wrong.Digest} is negative.");
            return file;
        }
        catch (Exception problem) when (problem is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{path}: {problem.Message}", problem);
        }
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(EdgeFile))]
internal sealed partial class EdgeJson : JsonSerializerContext;
