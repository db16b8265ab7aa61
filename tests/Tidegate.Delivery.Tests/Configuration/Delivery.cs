using System.Text;
using System.Text.Json.Nodes;
using Tidegate.Pipeline;

namespace Tidegate.Delivery.Tests.Configuration;

/// <summary>A configuration to try with, and changes to it: a copy, so that tuning this repository's own breaks no test.</summary>
internal static class Delivery
{
    public static string Root { get; } = FindRoot();

    /// <summary>This repository's own.</summary>
    public static string OwnFile { get; } = Path.Combine(Root, "config", "delivery.json");

    public static string Text { get; } = File.ReadAllText(Path.Combine(Root, "tests", "Tidegate.Delivery.Tests", "Configuration", "sample.json"));

    /// <summary>The sample as a tree, to be changed.</summary>
    public static JsonObject Tree() => JsonNode.Parse(Text)!.AsObject();

    public static LoadResult Parse(string content, string profile = "local") => DeliveryConfiguration.Parse(Encoding.UTF8.GetBytes(content), profile);

    /// <summary>The result of loading the sample after a change.</summary>
    public static LoadResult With(Action<JsonObject> change, string profile = "local")
    {
        var tree = Tree();
        change(tree);
        return Parse(tree.ToJsonString(), profile);
    }

    public static IReadOnlyList<Problem> ProblemsWith(Action<JsonObject> change, string profile = "local") => Problems(With(change, profile));

    public static IReadOnlyList<Problem> Problems(LoadResult result) => result is LoadResult.Invalid invalid ? invalid.Problems : [];

    public static LoadResult.Loaded Loaded(LoadResult result) => result is LoadResult.Loaded loaded
        ? loaded
        : throw new InvalidOperationException(string.Join('\n', Problems(result)));

    /// <summary>The node at a path such as <c>profiles.local.users[0].path</c>.</summary>
    public static JsonNode At(this JsonNode root, string path)
    {
        var node = root;
        foreach (var step in path.Split('.', '[').Where(s => s.Length > 0))
        {
            node = (step[^1] == ']' ? node[int.Parse(step[..^1], System.Globalization.CultureInfo.InvariantCulture)] : node[step])
                ?? throw new InvalidOperationException($"There is no {step} in {path}.");
        }

        return node;
    }

    private static string FindRoot()
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "Solution.sln"))) root = Path.GetDirectoryName(root.TrimEnd('/', '\\'))!;
        return root;
    }
}
