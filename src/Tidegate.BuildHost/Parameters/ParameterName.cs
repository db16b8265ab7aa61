using Nuke.Common.Utilities;

namespace Tidegate.BuildHost.Parameters;

/// <summary>The forms of a name.</summary>
internal static class ParameterName
{
    /// <summary>Without dashes and case: how names are compared.</summary>
    public static string Plain(string name) => name.Replace("-", string.Empty, StringComparison.Ordinal).ToUpperInvariant();

    /// <summary>As people type it: <c>--nuget-api-key</c>.</summary>
    public static string Dashed(string name) => "--" + string.Join('-', name.SplitCamelHumpsWithKnownWords()).ToLowerInvariant();

    /// <summary>As the environment has it: <c>NUGET_API_KEY</c>.</summary>
    public static string Variable(string name) => string.Join('_', name.SplitCamelHumpsWithKnownWords()).ToUpperInvariant();

    /// <summary>Only letters and digits: how variables are compared.</summary>
    public static string LettersAndDigits(string name) => string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
}
