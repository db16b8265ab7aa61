using System.Text.RegularExpressions;

namespace Tidegate.Ledger;

/// <summary>Names of streams and environments become names of files, so they are held to letters, digits and hyphens.</summary>
public static partial class LedgerName
{
    /// <exception cref="ArgumentException">Not <c>[a-z][a-z0-9-]{0,126}</c>.</exception>
    public static string Checked(string name) =>
        Form().IsMatch(name)
            ? name
            : throw new ArgumentException($"'{Printable.Text(name, 80)}' is no name: a small letter, then up to 126 small letters, digits or hyphens.", nameof(name));

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{0,126}\z")]
    private static partial Regex Form();
}
