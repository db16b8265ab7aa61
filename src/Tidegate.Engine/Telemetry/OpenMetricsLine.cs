using System.Buffers;
using System.Globalization;
using System.Text;

namespace Tidegate.Engine.Telemetry;

/// <summary>One sample's line, read from left to right: <c>name{label="value"} 12.5 1700000000</c>.</summary>
internal ref struct OpenMetricsLine
{
    private static readonly SearchValues<char> NumberParts = SearchValues.Create("0123456789+-.eE");

    private ReadOnlySpan<char> _rest;

    private OpenMetricsLine(ReadOnlySpan<char> line) => _rest = line;

    /// <summary>Null when the line is no sample.</summary>
    public static OpenMetricsSample? Parse(ReadOnlySpan<char> line)
    {
        var reader = new OpenMetricsLine(line);
        if (reader.Name(colons: true) is not { } name) return null;

        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        reader.Blanks();
        if (!reader.Labels(labels) || reader.Number() is not { } value || !reader.TimeAndExemplar()) return null;

        return new OpenMetricsSample(name, labels, value);
    }

    private string? Name(bool colons)
    {
        var length = 0;
        while (length < _rest.Length && IsNamePart(_rest[length], first: length == 0, colons)) length++;
        return length == 0 ? null : Take(length).ToString();
    }

    private static bool IsNamePart(char c, bool first, bool colons) =>
        char.IsAsciiLetter(c) || c == '_' || (colons && c == ':') || (!first && char.IsAsciiDigit(c));

    /// <summary>Nothing, or labels in braces; a comma may stand behind the last.</summary>
    private bool Labels(Dictionary<string, string> labels)
    {
        if (!Skip('{')) return true;

        Blanks();
        while (!Skip('}'))
        {
            if (Name(colons: false) is not { } name) return false;

            Blanks();
            if (!Skip('=')) return false;

            Blanks();
            if (Quoted() is not { } value || !labels.TryAdd(name, value)) return false;

            Blanks();
            if (Skip(',')) Blanks();
            else if (_rest is not ['}', ..]) return false;
        }

        return true;
    }

    private string? Quoted()
    {
        if (!Skip('"')) return null;

        var value = new StringBuilder();
        for (var i = 0; i < _rest.Length; i++)
        {
            switch (_rest[i])
            {
                case '"':
                    Take(i + 1);
                    return value.ToString();
                case '\\' when i + 1 < _rest.Length:
                    if (Unescaped(_rest[++i]) is not { } plain) return null;

                    value.Append(plain);
                    break;
                default:
                    value.Append(_rest[i]);
                    break;
            }
        }

        return null;
    }

    private static char? Unescaped(char c) => c switch
    {
        '\\' or '"' => c,
        'n' => '\n',
        _ => null,
    };

    private double? Number()
    {
        Blanks();
        var length = _rest.IndexOfAny(' ', '\t');
        var word = Take(length < 0 ? _rest.Length : length);
        return word switch
        {
            "NaN" => double.NaN,
            "Inf" or "+Inf" => double.PositiveInfinity,
            "-Inf" => double.NegativeInfinity,
            // The framework reads more spellings than the format has.
            _ when word.IndexOfAnyExcept(NumberParts) < 0
                && double.TryParse(word, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var value) => value,
            _ => null,
        };
    }

    private bool TimeAndExemplar()
    {
        Blanks();
        if (_rest.Length > 0 && _rest[0] != '#' && Number() is null) return false;

        Blanks();
        if (_rest.Length == 0) return true;

        // An exemplar: '# {labels} value [time]'.
        if (!Skip('#')) return false;

        Blanks();
        if (_rest is not ['{', ..] || !Labels([]) || Number() is null) return false;

        Blanks();
        if (_rest.Length > 0 && Number() is null) return false;

        Blanks();
        return _rest.Length == 0;
    }

    private void Blanks() => _rest = _rest.TrimStart(" \t");

    private bool Skip(char c)
    {
        if (_rest.Length == 0 || _rest[0] != c) return false;

        _rest = _rest[1..];
        return true;
    }

    private ReadOnlySpan<char> Take(int length)
    {
        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }
}
