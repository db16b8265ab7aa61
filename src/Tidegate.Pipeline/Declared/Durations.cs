using System.Globalization;

namespace Tidegate.Pipeline.Declared;

/// <summary>The one way to write a duration: a whole number and a unit, <c>500ms</c>, <c>90s</c>, <c>15m</c>, <c>2h</c>, <c>3d</c>.</summary>
internal static class Durations
{
    /// <summary>The same grammar for editors.</summary>
    public const string Pattern = "^(0|[1-9][0-9]{0,8})(ms|s|m|h|d)$";

    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        var digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        if (digits is < 1 or > 9 || digits > 1 && text[0] == '0') return false;

        long milliseconds = text.AsSpan(digits) switch
        {
            "ms" => 1,
            "s" => 1_000,
            "m" => 60_000,
            "h" => 3_600_000,
            "d" => 86_400_000,
            _ => 0,
        };
        if (milliseconds == 0) return false;

        // At most 10^9 days: beyond TimeSpan, and far beyond any range; so the product is bounded before it is made.
        var product = long.Parse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture) * milliseconds;
        duration = TimeSpan.FromMilliseconds(Math.Min(product, (long)TimeSpan.MaxValue.TotalMilliseconds));
        return true;
    }

    /// <summary>The shortest way to write it: the biggest unit that needs no fraction.</summary>
    public static string Write(TimeSpan duration)
    {
        var milliseconds = (long)duration.TotalMilliseconds;
        var (count, unit) = milliseconds switch
        {
            0 => (0, "s"),
            _ when milliseconds % 86_400_000 == 0 => (milliseconds / 86_400_000, "d"),
            _ when milliseconds % 3_600_000 == 0 => (milliseconds / 3_600_000, "h"),
            _ when milliseconds % 60_000 == 0 => (milliseconds / 60_000, "m"),
            _ when milliseconds % 1_000 == 0 => (milliseconds / 1_000, "s"),
            _ => (milliseconds, "ms"),
        };
        return count.ToString(CultureInfo.InvariantCulture) + unit;
    }
}
