using NJsonSchema;

namespace Tidegate.BuildHost.Tests.Support;

/// <summary>The schemas that stand in the repository.</summary>
internal static class Schema
{
    /// <summary>What is wrong with a text; empty when it is as the schema says.</summary>
    public static async Task<IEnumerable<string>> Complaints(string name, string json)
    {
        var schema = await JsonSchema.FromFileAsync(Path.Combine(AppContext.BaseDirectory, "Schemas", $"{name}.schema.json"));
        return schema.Validate(json).Select(error => error.ToString());
    }
}
