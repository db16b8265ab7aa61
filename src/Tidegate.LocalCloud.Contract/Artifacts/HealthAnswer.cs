using System.Text.Json;

namespace Tidegate.LocalCloud.Contract;

/// <summary>What a health endpoint's answer means: the same for the platform that sends requests and for the signal
/// that judges.</summary>
/// <remarks>Healthy is a 200 that does not say otherwise. What says otherwise: a plain word of illness, JSON whose
/// <c>status</c> is no
/// word of health, JSON that cannot be read, and a page for people, as proxies and sign-ins answer in a service's
/// place. A service that says it in its own way declares <see cref="HealthyWhen"/>, which then counts alone.</remarks>
public static class HealthAnswer
{
    private const int LongestWord = 40;

    /// <summary>Of ASP.NET Core, Spring Boot, and RFC draft health+json; the last two are those of the
    /// sample.</summary>
    private static readonly string[] Well = ["Healthy", "UP", "OK", "pass", "ready", "alive"];

    private static readonly string[] Ill =
        ["Degraded", "Unhealthy", "DOWN", "OUT_OF_SERVICE", "fail", "failed", "error"];

    /// <returns>Null when it is healthy; otherwise why not.</returns>
    /// <param name="when">What a healthy answer holds; null: what is taken for granted.</param>
    public static string? Refusal(int status, string mediaType, string body, HealthyWhen? when = null) =>
        (status, Contradiction(mediaType, body, when)) switch
        {
            (200, null) => null,
            (200, var said) => $"answers {said} (200){(when is null ? "" : $", wanted {when}")}",
            (_, { } said) when when is null && IsWord(said) => $"answers {said} ({status})",
            _ => $"answers {status}",
        };

    /// <summary>What the body says against a status of 200; null when nothing.</summary>
    /// <param name="mediaType">For example <c>text/html</c>; empty when it was not told.</param>
    /// <param name="when">What a healthy answer holds; null: what is taken for granted.</param>
    public static string? Contradiction(string mediaType, string body, HealthyWhen? when = null)
    {
        if (when is not null) return when.Unlike(body.Trim('\uFEFF')) is { } said ? Line(said) : null;

        var text = body.Trim('\uFEFF').Trim();
        if (text.StartsWith('{')) return OfJson(text);
        if (IsPage(mediaType, text)) return Page;

        var word = text.Trim('"');
        return Array.Find(Ill, w => w.Equals(word, StringComparison.OrdinalIgnoreCase));
    }

    private const string Page = "an HTML page";
    internal const string Unreadable = "JSON that cannot be read";

    private static bool IsWord(string said) => said is not (Page or Unreadable);

    private static string? OfJson(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.EnumerateObject()
                .Where(m => m.Name.Equals("status", StringComparison.OrdinalIgnoreCase))
                .Select(m => m.Value.ValueKind == JsonValueKind.String ? m.Value.GetString()! : m.Value.GetRawText())
                .Where(said => !Well.Contains(said.Trim(), StringComparer.OrdinalIgnoreCase))
                .Select(Line)
                .FirstOrDefault();
        }
        catch (JsonException)
        {
            return Unreadable;
        }
    }

    /// <summary>By its beginning: some frameworks call a plain <c>ok</c> HTML too.</summary>
    private static bool IsPage(string mediaType, string text) => text.StartsWith('<')
        && (mediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase)
            || text.Contains("<html", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase));

    private static string Line(string said)
    {
        var printable = new string([.. said.Where(c => !char.IsControl(c)).Take(LongestWord)]);
        return printable.Length == 0 ? "an empty status" : printable;
    }
}
