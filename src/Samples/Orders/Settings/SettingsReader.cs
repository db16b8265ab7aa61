using System.Globalization;
using System.Numerics;

namespace Orders.Settings;

/// <summary>
/// Reads one section of the settings strictly. A value that does not fit becomes a problem and its default is used, so
/// that reading goes on and all problems are known at once.
/// </summary>
internal sealed class SettingsReader(IConfiguration configuration, string section, ICollection<string> problems)
{
    private readonly IConfigurationSection _section = configuration.GetSection(section);
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);

    public string? Text(string key)
    {
        _known.Add(key);
        return string.IsNullOrWhiteSpace(_section[key]) ? null : _section[key]!.Trim();
    }

    public string Required(string key, string nextStep)
    {
        if (Text(key) is { } text) return text;
        Report(key, $"is missing or empty. {nextStep}");
        return "";
    }

    public bool Switch(string key)
    {
        if (Text(key) is not { } text) return false;
        if (bool.TryParse(text, out var on)) return on;
        Report(key, $"is '{text}'. Write true or false.");
        return false;
    }

    public T Number<T>(string key, T fallback, T from, T to) where T : struct, INumber<T>
    {
        if (Text(key) is not { } text) return fallback;
        if (T.TryParse(text, CultureInfo.InvariantCulture, out var number) && number >= from && number <= to) return number;
        Report(key, string.Create(CultureInfo.InvariantCulture, $"is '{text}'. Write {Kind<T>()} from {from} to {to}."));
        return fallback;
    }

    public string OneOf(string key, string fallback, IReadOnlyList<string> choices)
    {
        if (Text(key) is not { } text) return fallback;
        if (choices.Contains(text)) return text;
        Report(key, $"is '{text}'. Write one of: {string.Join(", ", choices)}.");
        return fallback;
    }

    /// <summary>Whatever was not asked for by now is a misspelling, and would be a switch that silently does nothing.</summary>
    public void RefuseTheRest()
    {
        foreach (var key in _section.GetChildren().Select(child => child.Key).Where(key => !_known.Contains(key)))
            Report(key, $"is unknown. Known here: {string.Join(", ", _known.Order(StringComparer.Ordinal))}.");
    }

    public void Report(string key, string what) => problems.Add($"{section}:{key} {what}");

    private static string Kind<T>() => typeof(T) == typeof(int) ? "a whole number" : "a number";
}
