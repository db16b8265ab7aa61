using System.Text.Json;
using Nuke.Common.IO;
using Tidegate.BuildHost.Execution;

namespace Tidegate.BuildHost.Parameters;

/// <summary><c>.nuke/parameters.json</c> or <c>.nuke/parameters.&lt;profile>.json</c>: names, as declared, and values.</summary>
internal sealed class ParametersFile
{
    private static readonly JsonSerializerOptions Serializer = new(JsonSerializerDefaults.Web);
    private static readonly JsonDocumentOptions Reading = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly Dictionary<string, JsonElement> _values = [];

    private ParametersFile(string shownPath) => ShownPath = shownPath;

    public string ShownPath { get; }
    public IEnumerable<string> Names => _values.Keys;

    /// <summary>Null when there is no such file.</summary>
    public static ParametersFile Read(AbsolutePath root, string name, List<Problem> problems)
    {
        var path = root / ".nuke" / name;
        if (!path.FileExists())
            return null;
        var file = new ParametersFile(".nuke/" + name);
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path), Reading);
            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (!property.Name.StartsWith('$'))
                    file._values[property.Name] = property.Value.Clone();
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            problems.Add(new Problem(file.ShownPath, $"it is no JSON object: {exception.Message}", "Write an object of parameter names and values."));
        }

        return file;
    }

    public bool Has(string name) => _values.ContainsKey(name);

    /// <summary>Relative paths are taken from the root directory.</summary>
    public object Value(string name, Type type, char? separator, AbsolutePath root)
    {
        var scalar = Nullable.GetUnderlyingType(type) ?? type;
        var element = _values[name];
        return element.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String when scalar == typeof(AbsolutePath) => Rooted(element.GetString(), root),
            JsonValueKind.String => ValueConverter.FromText(element.GetString(), type, separator),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => ValueConverter.FromText(element.GetRawText(), type, null),
            JsonValueKind.Array when type == typeof(AbsolutePath[]) => element.EnumerateArray().Select(each => Rooted(each.GetString(), root)).ToArray(),
            JsonValueKind.Array when type.IsArray && element.EnumerateArray().All(each => each.ValueKind == JsonValueKind.String) =>
                ValueConverter.FromTexts([.. element.EnumerateArray().Select(each => each.GetString())], type, null),
            _ => Complex(element, type),
        };
    }

    private static AbsolutePath Rooted(string text, AbsolutePath root) => PathConstruction.HasPathRoot(text) ? AbsolutePath.Create(text) : root / text;

    private static object Complex(JsonElement element, Type type)
    {
        try
        {
            return element.Deserialize(type, Serializer);
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            throw new FormatException($"it does not fit {type.Name}: {exception.Message}", exception);
        }
    }
}
