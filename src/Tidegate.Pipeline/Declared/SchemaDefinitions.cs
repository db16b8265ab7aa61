using System.Text.Json.Nodes;

namespace Tidegate.Pipeline.Declared;

/// <summary>The objects of the editors' schema, each described once.</summary>
internal sealed class SchemaDefinitions
{
    private readonly SortedDictionary<string, JsonObject> _made = new(StringComparer.Ordinal);

    public JsonObject ToJson()
    {
        var all = new JsonObject();
        foreach (var (name, schema) in _made) all[name] = schema.DeepClone();
        return all;
    }

    public JsonObject Reference(Sketch sketch)
    {
        if (!_made.ContainsKey(sketch.Name))
        {
            _made[sketch.Name] = [];
            _made[sketch.Name] = Describe(sketch);
        }

        return new JsonObject { ["$ref"] = $"#/definitions/{sketch.Name}" };
    }

    private JsonObject Describe(Sketch sketch)
    {
        if (sketch.Variants.Count == 0) return Describe(sketch.Members, null);
        return new JsonObject
        {
            ["type"] = "object",
            ["oneOf"] = new JsonArray([.. sketch.Variants.Select(v => (JsonNode)Describe([.. sketch.Members, .. v.Sketch.Members], v))]),
        };
    }

    private JsonObject Describe(IReadOnlyList<Member> members, Variant? variant)
    {
        var properties = new JsonObject();
        foreach (var member in members)
        {
            var schema = member.Schema(this);
            if (member.Name == variant?.Member) schema = new JsonObject { ["enum"] = new JsonArray(variant.Word) };
            properties[member.Name] = Explain(schema, member.Name == variant?.Member ? variant.About : About(member));
        }

        var described = new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
        var required = members.Where(m => m.IsRequired).Select(m => (JsonNode)m.Name).ToArray();
        if (required.Length > 0) described["required"] = new JsonArray(required);
        return described;
    }

    private static string About(Member member)
    {
        var sentence = char.ToUpperInvariant(member.About[0]) + member.About[1..];
        return member.IsRequired ? $"{sentence} Required: {member.Words}." : $"{sentence} {char.ToUpperInvariant(member.Words[0])}{member.Words[1..]}; default {member.Otherwise}.";
    }

    /// <summary>Beside a reference nothing else counts in this draft, so the two are joined.</summary>
    private static JsonObject Explain(JsonObject schema, string about)
    {
        if (!schema.ContainsKey("$ref"))
        {
            schema["description"] = about;
            return schema;
        }

        return new JsonObject { ["description"] = about, ["allOf"] = new JsonArray(schema) };
    }
}
