using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Tidegate.LocalCloud.Contract;

/// <summary>What a healthy answer holds, for a service whose answers <see cref="HealthAnswer"/> would not understand: a
/// text, or a value at a place of its JSON. It is asked of a 200, in place of what is taken for granted
/// otherwise.</summary>
/// <param name="Contains">A text that the body holds, letter for letter.</param>
/// <param name="Json">Where the value is: <c>$</c>, then member names after a dot and positions in brackets, for
/// example <c>$.checks[0].state</c>.</param>
/// <param name="Value">What is there in a healthy answer, letter for letter; numbers, true and false as they are
/// written.</param>
public sealed partial record HealthyWhen(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Contains = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Json = null,
    [property: JsonPropertyName("equals"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    string? Value = null)
{
    /// <summary>Which places in JSON there are words for.</summary>
    public const string PlacePattern = @"^\$(\.[A-Za-z0-9_-]{1,100}|\[[0-9]{1,4}\]){1,20}$";

    /// <summary>How to write one that works.</summary>
    public const string Remedy = "Write either \"contains\", or \"json\" with \"equals\": "
        + "{ \"json\": \"$.status\", \"equals\": \"UP\" }.";

    /// <summary>How to write a place.</summary>
    public const string PlaceRemedy = "Write $, then member names after a dot and positions in brackets: "
        + "\"$.checks[0].state\". Names are of letters, digits, _ and -.";

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Why no answer could ever be healthy by this, or which of two things is meant; null: it works.</summary>
    public string? Contradiction() => (Contains, Json, Value) switch
    {
        (null, null, null) => "it says nothing of a healthy answer.",
        ({ }, { }, _) => "it says \"contains\" and \"json\", and only one can count.",
        (_, null, { }) => "\"equals\" is of a value that \"json\" names, and there is no \"json\".",
        (null, { }, null) => "\"json\" names a value, and \"equals\" is missing: what is there in a healthy answer.",
        ("", _, _) or (_, _, "") => "an empty text would be in every answer, or in none.",
        _ => null,
    };

    /// <summary>False: <see cref="Json"/> is no place that could be looked up.</summary>
    public bool HasPlace => Json is null || Place().IsMatch(Json);

    /// <summary>For people: what was wanted.</summary>
    public override string ToString() => Contains is { } text ? $"'{text}' in it" : $"'{Value}' at {Json}";

    /// <summary>What this answer says in place of what a healthy one holds; null: it is healthy.</summary>
    internal string? Unlike(string body)
    {
        if (Contains is { } text)
        {
            var said = body.Trim();
            return body.Contains(text, StringComparison.Ordinal) ? null : said.Length == 0 ? "nothing" : said;
        }

        try
        {
            using var json = JsonDocument.Parse(body, Strict);
            if (Find(json.RootElement) is not { } found) return $"JSON without {Json}";
            var said = Text(found);
            return said == Value ? null : said.Length == 0 ? "an empty text" : said;
        }
        catch (JsonException)
        {
            return HealthAnswer.Unreadable;
        }
    }

    private JsonElement? Find(JsonElement at)
    {
        foreach (Match step in Steps().Matches(Json!))
        {
            if (step.Groups["name"] is { Success: true, Value: var name })
            {
                if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out var member)) return null;
                at = member;
                continue;
            }

            var index = int.Parse(step.Groups["index"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
            if (at.ValueKind != JsonValueKind.Array || index >= at.GetArrayLength()) return null;
            at = at[index];
        }

        return at;
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        _ => value.GetRawText(),
    };

    [GeneratedRegex(PlacePattern, RegexOptions.CultureInvariant)]
    private static partial Regex Place();

    [GeneratedRegex(@"\.(?<name>[A-Za-z0-9_-]+)|\[(?<index>[0-9]+)\]", RegexOptions.CultureInvariant)]
    private static partial Regex Steps();
}
