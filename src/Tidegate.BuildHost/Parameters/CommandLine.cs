using System.Globalization;

namespace Tidegate.BuildHost.Parameters;

/// <summary>One <c>--name</c> with what follows it.</summary>
/// <param name="Written">As it was typed, without a value behind an equals sign.</param>
/// <param name="Values">The texts up to the next name.</param>
internal sealed record NamedArgument(string Written, List<string> Values)
{
    public string Name { get; } = ParameterName.Plain(Written);
}

/// <summary>
/// The arguments, taken apart: what stands before the first <c>--name</c> are targets, everything else belongs to the name before it.
/// Dashes and case of names do not count; <c>--name=value</c> gives one value; a number such as <c>-5</c> is a value.
/// </summary>
internal sealed class CommandLine
{
    private readonly List<string> _positional = [];
    private readonly List<NamedArgument> _named = [];

    public CommandLine(IReadOnlyList<string> arguments)
    {
        Raw = arguments;
        foreach (var token in arguments)
            Take(token);
    }

    public IReadOnlyList<string> Raw { get; }
    public IReadOnlyList<string> Positional => _positional;
    public IReadOnlyList<NamedArgument> Named => _named;

    /// <summary>The last one counts when a name is given several times.</summary>
    public NamedArgument Find(string name)
    {
        var plain = ParameterName.Plain(name);
        return _named.FindLast(argument => argument.Name == plain);
    }

    private void Take(string token)
    {
        if (IsName(token))
        {
            var equals = token.IndexOf('=', StringComparison.Ordinal);
            _named.Add(equals < 0 ? new NamedArgument(token, []) : new NamedArgument(token[..equals], [token[(equals + 1)..]]));
        }
        else if (_named.Count == 0)
        {
            _positional.Add(token);
        }
        else
        {
            _named[^1].Values.Add(token);
        }
    }

    private static bool IsName(string token) =>
        token.StartsWith('-') && !double.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
}
