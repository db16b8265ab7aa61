using System.Text.Json;

namespace Tidegate.LocalCloud.Contract;

/// <summary>How an artifact is run: <c>service.json</c> at its root.</summary>
/// <param name="Dependencies">Services that it calls and brings along. Default: none.</param>
/// <param name="Run">Program and arguments, without a shell. <c>dotnet</c> is the host that runs the cloud; a name with a slash lies in the artifact.</param>
public sealed record ServiceManifest(
    string Name,
    string Version,
    IReadOnlyList<string> Run,
    HealthPaths Health,
    IReadOnlyList<DependencyManifest>? Dependencies = null)
{
    public IReadOnlyList<DependencyManifest> Dependencies { get; init; } = Dependencies ?? [];

    public const string FileName = "service.json";

    private const long LargestFile = 64 * 1024;

    /// <exception cref="InvalidDataException">There is none, or it cannot be used; the message says what is wrong.</exception>
    public static ServiceManifest Read(string artifactPath)
    {
        var file = new FileInfo(Path.Combine(artifactPath, FileName));
        if (!file.Exists) throw new InvalidDataException($"{file.FullName} does not exist.");
        if (file.Length > LargestFile) throw new InvalidDataException($"{file.FullName} is larger than {LargestFile} bytes.");

        try
        {
            var manifest = JsonSerializer.Deserialize(File.ReadAllBytes(file.FullName), CloudJson.Default.ServiceManifest)
                ?? throw new InvalidDataException($"{file.FullName} is empty.");
            return manifest.Problem() is { } problem ? throw new InvalidDataException($"{file.FullName}: {problem}") : manifest;
        }
        catch (JsonException problem)
        {
            throw new InvalidDataException($"{file.FullName}: {problem.Message}", problem);
        }
    }

    private string? Problem()
    {
        if (!CloudNames.IsName(Name)) return $"name '{Name}' is not a name (lower-case letters, digits and hyphens, at most 63).";
        if (Run.Count == 0 || Run[0].Length == 0) return "run names no program.";
        if (!IsPath(Health.Ready) || (Health.Live is { } live && !IsPath(live)))
            return "the paths of health must begin with a slash.";
        if (Health is { Live: null, LiveWhen: not null })
        {
            return "health.liveWhen is of the answer of health.live, which is not there. "
                + "Add \"live\", or remove \"liveWhen\".";
        }

        if (Wrong("health.readyWhen", Health.ReadyWhen) is { } unready) return unready;
        if (Wrong("health.liveWhen", Health.LiveWhen) is { } lifeless) return lifeless;

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var dependency in Dependencies)
        {
            if (!CloudNames.IsName(dependency.Name)) return $"dependency '{dependency.Name}' is not a name.";
            if (!names.Add(dependency.Name)) return $"dependency '{dependency.Name}' is there twice.";
            if (dependency.Run.Count == 0 || dependency.Run[0].Length == 0) return $"dependency '{dependency.Name}' names no program.";
            if (!IsPath(dependency.Ready)) return $"the ready path of dependency '{dependency.Name}' must begin with a slash.";
            if (Wrong($"readyWhen of dependency '{dependency.Name}'", dependency.ReadyWhen) is { } never) return never;
        }

        return null;
    }

    private static string? Wrong(string where, HealthyWhen? when) => when switch
    {
        null => null,
        { HasPlace: false } => $"{where}: json '{when.Json}' is no place in JSON. {HealthyWhen.PlaceRemedy}",
        _ => when.Contradiction() is { } what ? $"{where}: {what} {HealthyWhen.Remedy}" : null,
    };

    private static bool IsPath(string text) => text.StartsWith('/') && !text.Any(char.IsControl);
}
