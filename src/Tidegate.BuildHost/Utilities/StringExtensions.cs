namespace Nuke.Common.Utilities;

/// <summary>Comparing, joining and quoting text.</summary>
public static partial class StringExtensions
{
    public static bool IsNullOrEmpty(this string str) => string.IsNullOrEmpty(str);
    public static bool IsNullOrWhiteSpace(this string str) => string.IsNullOrWhiteSpace(str);
    public static string ToNullIfEmpty(this string str) => string.IsNullOrEmpty(str) ? null : str;
    public static string ToNullIfWhiteSpace(this string str) => string.IsNullOrWhiteSpace(str) ? null : str;

    public static bool EqualsOrdinalIgnoreCase(this string str, string other) => string.Equals(str, other, StringComparison.OrdinalIgnoreCase);
    public static bool ContainsOrdinalIgnoreCase(this string str, string other) => str.Contains(other, StringComparison.OrdinalIgnoreCase);
    public static bool StartsWithOrdinalIgnoreCase(this string str, string other) => str.StartsWith(other, StringComparison.OrdinalIgnoreCase);
    public static bool EndsWithOrdinalIgnoreCase(this string str, string other) => str.EndsWith(other, StringComparison.OrdinalIgnoreCase);

    public static bool EqualsAnyOrdinalIgnoreCase(this string str, params string[] others) => others.Any(str.EqualsOrdinalIgnoreCase);
    public static bool EqualsAnyOrdinalIgnoreCase(this string str, IEnumerable<string> others) => others.Any(str.EqualsOrdinalIgnoreCase);
    public static bool ContainsAnyOrdinalIgnoreCase(this string str, params string[] others) => others.Any(str.ContainsOrdinalIgnoreCase);
    public static bool ContainsAnyOrdinalIgnoreCase(this string str, IEnumerable<string> others) => others.Any(str.ContainsOrdinalIgnoreCase);
    public static bool ContainsAnyOrdinalIgnoreCase(this IEnumerable<string> str, params string[] others) => str.Any(text => text.ContainsAnyOrdinalIgnoreCase(others));
    public static bool StartsWithAny(this string str, params string[] others) => others.Any(other => str.StartsWith(other, StringComparison.Ordinal));
    public static bool StartsWithAny(this string str, IEnumerable<string> others) => others.Any(other => str.StartsWith(other, StringComparison.Ordinal));
    public static bool StartsWithAnyOrdinalIgnoreCase(this string str, params string[] others) => others.Any(str.StartsWithOrdinalIgnoreCase);
    public static bool StartsWithAnyOrdinalIgnoreCase(this string str, IEnumerable<string> others) => others.Any(str.StartsWithOrdinalIgnoreCase);
    public static bool EndsWithAny(this string str, params string[] others) => others.Any(other => str.EndsWith(other, StringComparison.Ordinal));
    public static bool EndsWithAny(this string str, IEnumerable<string> others) => others.Any(other => str.EndsWith(other, StringComparison.Ordinal));
    public static bool EndsWithAnyOrdinalIgnoreCase(this string str, params string[] others) => others.Any(str.EndsWithOrdinalIgnoreCase);
    public static bool EndsWithAnyOrdinalIgnoreCase(this string str, IEnumerable<string> others) => others.Any(str.EndsWithOrdinalIgnoreCase);

    public static string Join(this IEnumerable<string> enumerable, string separator) => string.Join(separator, enumerable);
    public static string Join(this IEnumerable<string> enumerable, char separator) => string.Join(separator, enumerable);
    public static string JoinSpace(this IEnumerable<string> values) => values.Join(' ');
    public static string JoinComma(this IEnumerable<string> values) => values.Join(',');
    public static string JoinCommaSpace(this IEnumerable<string> values) => values.Join(", ");
    public static string JoinCommaAnd(this IEnumerable<string> values) => JoinLast(values, " and ");
    public static string JoinCommaOr(this IEnumerable<string> values) => JoinLast(values, " or ");
    public static string JoinSemicolon(this IEnumerable<string> values) => values.Join(';');
    public static string JoinDot(this IEnumerable<string> values) => values.Join('.');
    public static string JoinDash(this IEnumerable<string> values) => values.Join('-');
    public static string JoinUnderscore(this IEnumerable<string> values) => values.Join('_');
    public static string JoinSlash(this IEnumerable<string> values) => values.Join('/');
    public static string JoinBackslash(this IEnumerable<string> values) => values.Join('\\');
    public static string JoinAmpersand(this IEnumerable<string> values) => values.Join('&');
    public static string JoinNewLine(this IEnumerable<string> values, PlatformFamily? platformFamily = null) => values.Join(LineBreak(platformFamily));
    public static string JoinParagraph(this IEnumerable<string> values, PlatformFamily? platformFamily = null) => values.Join(LineBreak(platformFamily) + LineBreak(platformFamily));

    private static string LineBreak(PlatformFamily? family) => (family ?? EnvironmentInfo.Platform) == PlatformFamily.Windows ? "\r\n" : "\n";

    private static string JoinLast(IEnumerable<string> values, string glue)
    {
        var all = values.ToArray();
        return all.Length < 2 ? string.Concat(all) : string.Join(", ", all[..^1]) + glue + all[^1];
    }
}
