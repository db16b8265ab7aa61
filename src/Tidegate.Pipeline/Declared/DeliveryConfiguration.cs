using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Tidegate.Pipeline.Declared;
using Tidegate.Pipeline.Validation;

namespace Tidegate.Pipeline;

/// <summary>Reads config/delivery.json: a definition to release with, or all problems at once. Never throws for what is in the file.</summary>
public static class DeliveryConfiguration
{
    /// <param name="path">The file.</param>
    /// <param name="profile">Which of its profiles, for example <c>local</c>. All are checked; this one is taken.</param>
    public static LoadResult Load(string path, string profile)
    {
        var reading = new Reading(Shown(path));
        using var document = DeliveryFile.Open(path, reading);
        return Load(document, profile, reading);
    }

    /// <summary>The same for content that is at hand.</summary>
    internal static LoadResult Parse(ReadOnlyMemory<byte> content, string profile, string file = "config/delivery.json")
    {
        var reading = new Reading(file);
        using var document = DeliveryFile.Parse(content, reading);
        return Load(document, profile, reading);
    }

    private static LoadResult Load(JsonDocument? document, string profile, Reading reading)
    {
        if (document is null || !DeclaredPipeline.Form.TryRead(document.RootElement, reading.Root, out var declared)) return new LoadResult.Invalid(reading.Problems);

        DeliveryValidator.Check(declared, reading);
        var chosen = declared.Profiles.FirstOrDefault(p => p.Key == profile);
        if (chosen is null)
        {
            reading.Root.Member("profiles").Refuse(Code.UnknownProfile, $"there is no profile {Foreign.Quoted(profile)}.", NearestName.Advice(profile, [.. declared.Profiles.Select(p => p.Key)]));
        }

        if (chosen is null || reading.Failed) return new LoadResult.Invalid(reading.Problems);

        var settings = InEffect(reading.Settings, profile);
        return new LoadResult.Loaded(
            DefinitionBuilder.Definition(declared, chosen, Digest(settings)),
            DefinitionBuilder.Topology(declared, chosen.Value),
            settings);
    }

    /// <summary>What every profile shares, and this one's own.</summary>
    private static List<EffectiveSetting> InEffect(IEnumerable<EffectiveSetting> settings, string profile) =>
        [.. settings
            .Where(s => !s.Path.StartsWith("$.profiles.", StringComparison.Ordinal) || s.Path.StartsWith($"$.profiles.{profile}.", StringComparison.Ordinal))
            .OrderBy(s => s.Path, StringComparer.Ordinal)];

    /// <summary>The same for two files that mean the same: order, spaces and written-out defaults do not count.</summary>
    private static string Digest(IEnumerable<EffectiveSetting> settings) => ArtifactDigest.FromHash(SHA256.HashData(
        Encoding.UTF8.GetBytes(string.Join('\n', settings.Select(s => $"{s.Path} = {s.Value}"))))).ToString();

    private static string Shown(string path)
    {
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal)) return Foreign.Quoted(path);
        var relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), path);
        return Foreign.Line(relative.StartsWith("..", StringComparison.Ordinal) ? path : relative.Replace('\\', '/'), 200);
    }
}
