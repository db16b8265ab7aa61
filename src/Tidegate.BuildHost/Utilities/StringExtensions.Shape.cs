using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Nuke.Common.Utilities;

public static partial class StringExtensions
{
    private static readonly string[] KnownWords =
        ["DotNet", "GitHub", "GitVersion", "MSBuild", "NuGet", "ReSharper", "AppVeyor", "TeamCity", "GitLab", "SignPath", "JetBrains"];

    public static string Append(this string str, string appendText) => str + appendText;
    public static string Prepend(this string str, string prependText) => prependText + str;
    public static string Repeat(this char ch, int count) => new(ch, count);
    public static string Capitalize(this string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
    public static string Indent(this string text, int count) => new string(' ', count) + text;
    public static string Truncate(this string str, int maxChars) => str.Length <= maxChars ? str : str[..maxChars] + "…";
    public static string EscapeBraces(this string str) => str.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);

    public static string TrimStart(this string str, string trim) => str.StartsWith(trim, StringComparison.Ordinal) ? str[trim.Length..] : str;
    public static string TrimEnd(this string str, string trim) => str.EndsWith(trim, StringComparison.Ordinal) ? str[..^trim.Length] : str;

    public static string[] SplitSpace(this string str) => str.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    public static string[] SplitLineBreaks(this string str, StringSplitOptions options = StringSplitOptions.None) => str.Split(["\r\n", "\n"], options);
    public static string[] SplitParagraphs(this string str, StringSplitOptions options = StringSplitOptions.None) => str.Split(["\r\n\r\n", "\n\n"], options);

    /// <summary>The words of a name in camel case; a run of capitals is one word.</summary>
    public static IEnumerable<string> SplitCamelHumps(this string str, params string[] exclusions)
    {
        var words = new List<string>();
        for (var start = 0; start < str.Length;)
        {
            var end = EndOfHump(str, start, exclusions);
            words.Add(str[start..end]);
            start = end;
        }

        return words;
    }

    /// <summary>As <see cref="SplitCamelHumps"/>; names such as NuGet and GitHub stay whole.</summary>
    public static IEnumerable<string> SplitCamelHumpsWithKnownWords(this string str) => str.SplitCamelHumps(KnownWords);

    public static string DoubleQuote(this string str) => str is null ? null : $"\"{str.Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
    public static string SingleQuote(this string str) => str is null ? null : $"'{str}'";
    public static string DoubleQuoteIfNeeded(this string str) => str.DoubleQuoteIfNeeded(' ');
    public static string SingleQuoteIfNeeded(this string str) => str.SingleQuoteIfNeeded(' ');

    public static string DoubleQuoteIfNeeded(this string str, params char?[] disallowed) =>
        string.IsNullOrEmpty(str) || str.IsDoubleQuoted() || !str.Any(letter => disallowed.Contains(letter)) ? str ?? string.Empty : str.DoubleQuote();

    public static string SingleQuoteIfNeeded(this string str, params char?[] disallowed) =>
        string.IsNullOrEmpty(str) || str.IsSingleQuoted() || !str.Any(letter => disallowed.Contains(letter)) ? str ?? string.Empty : str.SingleQuote();

    public static bool IsDoubleQuoted(this string str) => str.Length > 1 && str[0] == '"' && str[^1] == '"';
    public static bool IsSingleQuoted(this string str) => str.Length > 1 && str[0] == '\'' && str[^1] == '\'';
    public static string TrimMatchingDoubleQuotes(this string str) => str.IsDoubleQuoted() ? str[1..^1] : str;
    public static string TrimMatchingSingleQuotes(this string str) => str.IsSingleQuoted() ? str[1..^1] : str;

    public static string ReplaceRegex(this string str, string pattern, MatchEvaluator matchEvaluator, RegexOptions options = RegexOptions.None) =>
        Regex.Replace(str, pattern, matchEvaluator, options);

    public static string GetSHA256Hash(this string str) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(str)));

    private static int EndOfHump(string text, int start, string[] wholeWords)
    {
        foreach (var word in wholeWords)
        {
            if (string.CompareOrdinal(text, start, word, 0, word.Length) == 0)
                return start + word.Length;
        }

        var end = start + 1;
        while (end < text.Length && !StartsHump(text, end, wholeWords))
            end++;
        return end;
    }

    private static bool StartsHump(string text, int at, string[] wholeWords)
    {
        if (!char.IsUpper(text[at]))
            return false;
        var afterRun = char.IsUpper(text[at - 1]);
        var beforeLower = at + 1 < text.Length && char.IsLower(text[at + 1]);
        return !afterRun || beforeLower || Array.Exists(wholeWords, word => string.CompareOrdinal(text, at, word, 0, word.Length) == 0);
    }
}
