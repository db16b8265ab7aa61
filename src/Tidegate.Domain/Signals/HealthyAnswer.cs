using System.Text.Json.Serialization;

namespace Tidegate;

/// <summary>What a healthy answer holds, where a service says it in its own way: a text, or a value at a place of its
/// JSON.</summary>
/// <param name="Contains">A text that the body holds; null: a value counts.</param>
/// <param name="Json">Where the value is, for example <c>$.checks[0].state</c>.</param>
/// <param name="Value">What is there.</param>
public sealed record HealthyAnswer(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Contains,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Json,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Value);
