using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tidegate.Pipeline.Declared;

/// <summary>Any JSON, to be sent as it is; kept as text without spaces.</summary>
internal sealed class JsonForm : Form<string>
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override string Words => "any JSON";

    public override bool TryRead(JsonElement value, Place at, out string read)
    {
        read = "";
        if (!IsSound(value, at)) return false;

        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Compact)) value.WriteTo(writer);
        read = Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
        return true;
    }

    public override string Write(string value) => value;

    public override JsonObject Schema(SchemaDefinitions definitions) => [];

    /// <summary>No member is there twice, and every text is one.</summary>
    private static bool IsSound(JsonElement value, Place at)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var seen = new HashSet<string>(StringComparer.Ordinal);
                foreach (var member in value.EnumerateObject())
                {
                    var name = Found.Name(member);
                    if (!seen.Add(name))
                    {
                        Members.RefuseTwice(at.Member(name), name);
                        return false;
                    }

                    if (name.Contains('\ufffd', StringComparison.Ordinal)) return Refuse(at, name);
                    if (!IsSound(member.Value, at.Member(name))) return false;
                }

                return true;

            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in value.EnumerateArray())
                {
                    if (!IsSound(item, at.Item(index++))) return false;
                }

                return true;

            case JsonValueKind.String:
                return !Found.Text(value).Contains('\ufffd', StringComparison.Ordinal) || Refuse(at, Found.Text(value));

            default:
                return true;
        }
    }

    private static bool Refuse(Place at, string text)
    {
        at.Refuse(Code.WrongText, $"{Foreign.Quoted(text)} is not Unicode text.", "Write the character itself, or both halves of its \\u escape.");
        return false;
    }
}
