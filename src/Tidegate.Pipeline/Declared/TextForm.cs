using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Tidegate.Pipeline.Declared;

/// <summary>A text of a certain form.</summary>
/// <param name="words">For people.</param>
/// <param name="longest">Characters.</param>
/// <param name="code">The code of a text that does not fit.</param>
/// <param name="pattern">What it looks like; null for any text without control characters.</param>
/// <param name="advice">How to write it.</param>
internal sealed class TextForm(string words, int longest, string code, Regex? pattern, string advice) : Form<string>
{
    public override string Words => words;

    public bool Fits(string text) => text.Length > 0 && text.Length <= longest && !text.Any(char.IsControl) && pattern?.IsMatch(text) != false;

    public override bool TryRead(JsonElement value, Place at, out string read)
    {
        read = "";
        if (value.ValueKind != JsonValueKind.String)
        {
            at.Refuse(Code.WrongKind, $"{Found.Words(value)} is not {words}.", advice);
            return false;
        }

        // A text of the wrong form is kept, so that whoever refers to it is not told that it does not exist.
        read = Found.Text(value);
        if (!Fits(read)) Refuse(at, read);
        return true;
    }

    public void Refuse(Place at, string text)
    {
        var strangers = Foreign.Strangers(text);
        at.Refuse(code, $"{Foreign.Quoted(text)}{(strangers.Length > 0 ? $" ({strangers})" : "")} is not {words}.", advice);
    }

    public override string Write(string value) => $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    public override JsonObject Schema(SchemaDefinitions definitions)
    {
        var schema = new JsonObject { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = longest };
        if (pattern is not null) schema["pattern"] = pattern.ToString();
        return schema;
    }
}
