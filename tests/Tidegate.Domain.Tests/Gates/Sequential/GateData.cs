using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tidegate.Gates.Sequential;

/// <summary>The vectors and traces that came with the gate's specification.</summary>
internal static class GateData
{
    public static JsonNode Read(string name)
    {
        using var stream = typeof(GateData).Assembly.GetManifestResourceStream(name)!;
        return JsonNode.Parse(stream)!;
    }

    public static double Number(this JsonNode node, string name) => node[name]!.GetValue<double>();

    public static double[] Numbers(this JsonNode node) => node.Deserialize<double[]>()!;

    public static PairedCounts Window(this JsonNode node)
    {
        var counts = node.Deserialize<long[]>()!;
        return new(counts[0], counts[1], counts[2], counts[3]);
    }
}
