using System.Text.Json;

namespace Tidegate.LocalCloud.Workloads;

/// <summary>Reads what a health endpoint answers. Only a plain yes is a yes.</summary>
internal static class HealthAnswer
{
    private static readonly string[] Sick = ["Degraded", "Unhealthy"];

    /// <returns>Null when it is ready; otherwise why not.</returns>
    public static string? Refusal(int status, string body)
    {
        var word = Word(body);
        if (Sick.FirstOrDefault(s => s.Equals(word, StringComparison.OrdinalIgnoreCase)) is { } sick) return $"answers {sick} ({status})";

        return status == 200 ? null : $"answers {status}";
    }

    /// <summary>The body itself, or its <c>status</c> when it is a JSON object.</summary>
    private static string Word(string body)
    {
        var text = body.Trim('\uFEFF').Trim();
        if (!text.StartsWith('{')) return text.Trim('"');

        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.TryGetProperty("status", out var status) && status.ValueKind == JsonValueKind.String ? status.GetString()! : "";
        }
        catch (JsonException)
        {
            return "";
        }
    }
}
