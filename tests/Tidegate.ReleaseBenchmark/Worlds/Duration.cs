using System.Globalization;

namespace Tidegate.ReleaseBenchmark.Worlds;

/// <summary>A duration as delivery.json has it: a whole number and a unit.</summary>
internal static class Duration
{
    public static TimeSpan Read(string text) =>
        TryRead(text, out var duration)
            ? duration
            : throw new FormatException($"'{text}' is no duration such as 90s or 15m.");

    public static bool TryRead(string text, out TimeSpan duration)
    {
        duration = default;
        var digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        if (digits is < 1 or > 6) return false;

        var count = int.Parse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture);
        var seconds = text[digits..] switch { "ms" => 0.001, "s" => 1, "m" => 60, "h" => 3600, "d" => 86400, _ => 0 };
        duration = TimeSpan.FromSeconds(count * seconds);
        return seconds > 0;
    }
}
