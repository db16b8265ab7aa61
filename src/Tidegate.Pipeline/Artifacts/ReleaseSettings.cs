using System.Text.Json.Nodes;
using Tidegate.LocalCloud.Contract;

namespace Tidegate.Pipeline;

/// <summary>Release-time settings: part of the artifact, so that they go through every stage as code does.</summary>
/// <remarks><c>Dependency:catalog:SwitchedOff=true</c> and <c>Dependency:catalog:Sharing=shared</c> change the manifest;
/// everything else goes to <c>appsettings.release.json</c> beside the service's program.</remarks>
public static class ReleaseSettings
{
    public const string FileName = "appsettings.release.json";

    /// <summary>Key and value of each, or what is wrong.</summary>
    public static (IReadOnlyDictionary<string, string> Settings, IReadOnlyList<Problem> Problems) Parse(IEnumerable<string> texts)
    {
        var settings = new SortedDictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var problems = new List<Problem>();
        foreach (var text in texts)
        {
            var at = text.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0 || text[..at].Split(':').Any(string.IsNullOrWhiteSpace))
            {
                problems.Add(new("TG3001", $"--setting {text}", "this is no setting.", "Write Section:Key=Value, for example Orders:ReleaseName=spring."));
            }
            else if (!settings.TryAdd(text[..at], text[(at + 1)..]))
            {
                problems.Add(new("TG3002", $"--setting {text}", "this key is set twice.", "Keep one of them."));
            }
        }

        return (settings, problems);
    }

    /// <summary>The manifest with the settings that concern it.</summary>
    /// <exception cref="FormatException">A setting names no dependency, or a value is none.</exception>
    public static ServiceManifest Apply(ServiceManifest manifest, IReadOnlyDictionary<string, string> settings)
    {
        foreach (var (key, value) in settings.Where(s => IsDependency(s.Key)))
        {
            var parts = key.Split(':');
            var dependency = manifest.Dependencies.FirstOrDefault(d => d.Name == parts[1])
                ?? throw new FormatException($"--setting {key}: the manifest has no dependency '{parts[1]}'; it has: {string.Join(", ", manifest.Dependencies.Select(d => d.Name))}.");
            var changed = parts.ElementAtOrDefault(2)?.ToLowerInvariant() switch
            {
                "switchedoff" when bool.TryParse(value, out var off) => dependency with { SwitchedOff = off },
                "sharing" when Enum.TryParse<DependencySharing>(value, ignoreCase: true, out var sharing) => dependency with { Sharing = sharing },
                _ => throw new FormatException($"--setting {key}={value}: write Dependency:{parts[1]}:SwitchedOff=true|false or Dependency:{parts[1]}:Sharing=own|shared."),
            };
            manifest = manifest with { Dependencies = [.. manifest.Dependencies.Select(d => d.Name == dependency.Name ? changed : d)] };
        }

        return manifest;
    }

    /// <summary>The settings of the service itself as nested JSON, or null when there are none.</summary>
    public static string? Json(IReadOnlyDictionary<string, string> settings)
    {
        var root = new JsonObject();
        foreach (var (key, value) in settings.Where(s => !IsDependency(s.Key)).OrderBy(s => s.Key, StringComparer.OrdinalIgnoreCase))
        {
            var parts = key.Split(':');
            var section = root;
            foreach (var part in parts[..^1])
            {
                if (section[part] is not JsonObject next) section[part] = next = [];
                section = next;
            }

            section[parts[^1]] = value;
        }

        return root.Count == 0 ? null : root.ToJsonString(new() { WriteIndented = true, NewLine = "\n" }) + "\n";
    }

    private static bool IsDependency(string key) => key.StartsWith("Dependency:", StringComparison.OrdinalIgnoreCase);
}
