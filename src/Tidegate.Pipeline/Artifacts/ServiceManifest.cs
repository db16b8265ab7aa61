using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tidegate.Pipeline;

/// <summary><c>service.json</c>, at the root of an artifact: how the service and what it brings along are run.</summary>
/// <param name="Run">The program and its arguments, relative to the artifact: <c>["dotnet", "orders/Orders.dll"]</c>.</param>
/// <param name="Dependencies">Downstream services that the platform runs beside it.</param>
public sealed record ServiceManifest(
    string Name,
    string Version,
    IReadOnlyList<string> Run,
    ServiceHealth Health,
    IReadOnlyList<ServiceDependency> Dependencies)
{
    public const string FileName = "service.json";

    private static readonly JsonSerializerOptions Form = new(JsonSerializerOptions.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        Converters = { new JsonStringEnumConverter<Sharing>(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Programs that the artifact must hold: their projects are published into the folder that the manifest names.</summary>
    [JsonIgnore]
    public IEnumerable<string> Assemblies => Dependencies.Select(d => d.Run).Prepend(Run).SelectMany(r => r).Where(a => a.EndsWith(".dll", StringComparison.Ordinal)).Distinct();

    /// <exception cref="JsonException">The file is no manifest; the message tells where.</exception>
    public static ServiceManifest Read(string file) =>
        JsonSerializer.Deserialize<ServiceManifest>(File.ReadAllText(file), Form) ?? throw new JsonException("the file holds null");

    public void Write(string file) => File.WriteAllText(file, JsonSerializer.Serialize(this, Form) + "\n");
}

/// <param name="Live">Answers 200 while the process works.</param>
/// <param name="Ready">Answers 200 while it may take requests.</param>
public sealed record ServiceHealth(string Live, string Ready);

/// <param name="SwitchedOff">The version's own copy is not started: a fault to try the pipeline with.</param>
public sealed record ServiceDependency(string Name, Sharing Sharing, IReadOnlyList<string> Run, string Ready, bool SwitchedOff = false);

public enum Sharing
{
    /// <summary>Each version brings and runs its own.</summary>
    Own,

    /// <summary>One for all versions.</summary>
    Shared,
}
