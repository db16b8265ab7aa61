using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tidegate.Pipeline.Declared;

internal sealed class FlagForm : Form<bool>
{
    public override string Words => "true or false";

    public override bool TryRead(JsonElement value, Place at, out bool read)
    {
        read = value.ValueKind == JsonValueKind.True;
        if (read || value.ValueKind == JsonValueKind.False) return true;
        at.Refuse(Code.WrongKind, $"{Found.Words(value)} is not {Words}.", "Write true or false, without quotation marks.");
        return false;
    }

    public override string Write(bool value) => value ? "true" : "false";

    public override JsonObject Schema(SchemaDefinitions definitions) => new() { ["type"] = "boolean" };
}

/// <summary>One of the words of an enumeration, written as <c>rollBack</c> for <c>RollBack</c>.</summary>
internal sealed class ChoiceForm<T>(params T[] choices) : Form<T> where T : struct, Enum
{
    private readonly WordForm _words = new(Array.ConvertAll(choices, c => Word(c)));

    public override string Words => _words.Words;

    public override bool TryRead(JsonElement value, Place at, out T read)
    {
        var known = _words.TryRead(value, at, out var word);
        read = known ? choices[_words.IndexOf(word)] : default;
        return known;
    }

    public override string Write(T value) => _words.Write(Word(value));

    public override JsonObject Schema(SchemaDefinitions definitions) => _words.Schema(definitions);

    private static string Word(Enum value)
    {
        var name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}

/// <summary>One of a few words.</summary>
internal sealed class WordForm(params string[] words) : Form<string>
{
    public override string Words { get; } = $"\"{string.Join("\" or \"", words)}\"";

    public int IndexOf(string word) => Array.IndexOf(words, word);

    public override bool TryRead(JsonElement value, Place at, out string read)
    {
        read = value.ValueKind == JsonValueKind.String ? Found.Text(value) : "";
        if (IndexOf(read) >= 0) return true;
        at.Refuse(value.ValueKind == JsonValueKind.String ? Code.WrongWord : Code.WrongKind, $"{Found.Words(value)} is not {Words}.", NearestName.Advice(read, words));
        return false;
    }

    public override string Write(string value) => $"\"{value}\"";

    public override JsonObject Schema(SchemaDefinitions definitions) => new() { ["enum"] = new JsonArray([.. words.Select(w => (JsonNode)w)]) };
}
