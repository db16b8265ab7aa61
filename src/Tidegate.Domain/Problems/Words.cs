namespace Tidegate;

/// <summary>Durations as people and configuration write them.</summary>
public static class Words
{
    /// <summary>For example <c>8s</c>, <c>2m 30s</c>, <c>1h</c>; below ten seconds with a tenth.</summary>
    public static string Seconds(TimeSpan time) => time switch
    {
        { TotalSeconds: < 10 } when time.Milliseconds != 0 => FormattableString.Invariant($"{time.TotalSeconds:0.0}s"),
        { TotalSeconds: < 60 } => FormattableString.Invariant($"{time.TotalSeconds:0}s"),
        { TotalHours: < 1 } => Two(time.Minutes, "m", time.Seconds, "s"),
        { TotalDays: < 1 } => Two(time.Hours, "h", time.Minutes, "m"),
        _ => Two(time.Days, "d", time.Hours, "h"),
    };

    private static string Two(int first, string unit, int second, string smaller) =>
        second == 0 ? $"{first}{unit}" : $"{first}{unit} {second}{smaller}";
}
