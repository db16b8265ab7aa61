using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tidegate.Pipeline.Declared;

namespace Tidegate.Pipeline;

/// <summary>The schema of config/delivery.json for editors (JSON Schema, draft 7), written from the same lines that check the file.</summary>
public static class DeliverySchema
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write()
    {
        var definitions = new SchemaDefinitions();
        var root = DeclaredPipeline.Form.Schema(definitions);
        return new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = "Tidegate: how a service is delivered",
            ["allOf"] = new JsonArray(root),
            ["definitions"] = definitions.ToJson(),
        }.ToJsonString(Readable) + "\n";
    }
}
