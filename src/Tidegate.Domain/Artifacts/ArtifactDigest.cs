using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tidegate;

/// <summary>The name of an artifact: the sha256 of its content, written <c>sha256:</c> and 64 lower-case hex digits.</summary>
/// <remarks>What was judged and what runs are compared by this value alone; a version text is for people.</remarks>
[JsonConverter(typeof(JsonForm))]
public readonly record struct ArtifactDigest
{
    private const string Prefix = "sha256:";
    private readonly string? _hex;

    private ArtifactDigest(string hex) => _hex = hex;

    /// <summary>The first twelve digits: enough for people to tell two releases apart.</summary>
    public string Brief => Hex[..12];

    /// <summary>The 64 hex digits, for a folder's name.</summary>
    public string Hex => _hex ?? new string('0', 64);

    public static ArtifactDigest FromHash(ReadOnlySpan<byte> sha256) =>
        sha256.Length == 32
            ? new ArtifactDigest(Convert.ToHexStringLower(sha256))
            : throw new ArgumentException($"A sha256 has 32 bytes, not {sha256.Length}.", nameof(sha256));

    /// <exception cref="FormatException">The text is not a digest.</exception>
    public static ArtifactDigest Parse(string text) =>
        TryParse(text, out var digest) ? digest : throw new FormatException($"'{text}' is not 'sha256:' followed by 64 hex digits.");

    public static bool TryParse([NotNullWhen(true)] string? text, out ArtifactDigest digest)
    {
        digest = default;
        if (text is null || text.Length != Prefix.Length + 64 || !text.StartsWith(Prefix, StringComparison.Ordinal)) return false;

        var hex = text[Prefix.Length..];
        if (!hex.All(c => c is (>= '0' and <= '9') or (>= 'a' and <= 'f'))) return false;

        digest = new ArtifactDigest(hex);
        return true;
    }

    public override string ToString() => Prefix + Hex;

    private sealed class JsonForm : JsonConverter<ArtifactDigest>
    {
        public override ArtifactDigest Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TryParse(reader.GetString(), out var digest) ? digest : throw new JsonException("not a sha256 digest");

        public override void Write(Utf8JsonWriter writer, ArtifactDigest value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
