namespace Tidegate.BuildHost.Parameters;

/// <summary>
/// Parameters from the environment: the exact name, else the variable whose letters and digits are the name or NUKE and the name.
/// Names of the host itself count only with <c>NUKE_</c> before them: a stray <c>HOST</c> does no harm, nor does the property
/// <c>NukeHost</c>, which chooses the packages.
/// </summary>
internal sealed class EnvironmentValues(IReadOnlyDictionary<string, string> variables)
{
    private readonly Lazy<ILookup<string, string>> _byPlainName = new(() => variables.Keys.ToLookup(ParameterName.LettersAndDigits, StringComparer.Ordinal));

    /// <summary>Two variables that fit are no answer; <paramref name="ambiguous"/> names them.</summary>
    public (string Variable, string Text)? Find(string name, bool isBuiltIn, out string[] ambiguous)
    {
        ambiguous = [];
        if (!isBuiltIn && variables.TryGetValue(name, out var exact))
            return (name, exact);

        var plain = ParameterName.LettersAndDigits(name);
        var prefixed = _byPlainName.Value["NUKE" + plain];
        var fitting = isBuiltIn
            ? prefixed.Where(variable => variable.StartsWith("NUKE_", StringComparison.OrdinalIgnoreCase)).ToArray()
            : [.. prefixed, .. _byPlainName.Value[plain]];
        if (fitting.Length == 1)
            return (fitting[0], variables[fitting[0]]);
        ambiguous = fitting;
        return null;
    }
}
