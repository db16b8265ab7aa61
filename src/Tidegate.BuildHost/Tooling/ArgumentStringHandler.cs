using System.Runtime.CompilerServices;
using System.Text;
using Nuke.Common.IO;
using Tidegate.BuildHost.Logs;

namespace Nuke.Common.Tooling;

/// <summary>
/// A command line from an interpolated string: <c>$"push {file} --key {key:r}"</c>. A value with blanks is quoted; <c>:nq</c> never
/// quotes, <c>:r</c> hides the value. A plain string is one value, so it is quoted as a whole.
/// </summary>
[InterpolatedStringHandler]
public ref struct ArgumentStringHandler
{
    internal const string Redacted = "[REDACTED]";

    private readonly StringBuilder _text;
    private readonly List<string> _secrets;

    public ArgumentStringHandler(int literalLength, int formattedCount, out bool handlerIsValid)
    {
        _text = new StringBuilder(literalLength + (16 * formattedCount));
        _secrets = [];
        handlerIsValid = true;
    }

    public static implicit operator ArgumentStringHandler(string value)
    {
        var handler = new ArgumentStringHandler(0, 1, out _);
        handler.AppendFormatted(value);
        return handler;
    }

    public readonly void AppendLiteral(string value) => _text.Append(value);

    public readonly void AppendFormatted(object obj, int alignment = 0, string format = null)
    {
        var text = (obj as IAbsolutePathHolder)?.Path.ToString() ?? obj?.ToString() ?? string.Empty;
        if (format == "r" && text.Length > 0)
        {
            _secrets.Add(text);
            SecretMask.Shared.Add(text);
        }

        _text.Append(format switch
        {
            "r" or null or "" => Argument.QuoteIfNeeded(text),
            AbsolutePath.NoQuotes => text,
            _ => ((IFormattable)(obj as IAbsolutePathHolder)?.Path ?? obj as IFormattable)?.ToString(format, null) ?? text,
        });
    }

    public readonly void AppendFormatted(IEnumerable<IAbsolutePathHolder> paths, int alignment = 0, string format = null)
    {
        var first = true;
        foreach (var path in paths)
        {
            if (!first)
                _text.Append(' ');
            AppendFormatted(path.Path, alignment, format);
            first = false;
        }
    }

    public readonly string ToStringAndClear()
    {
        var text = _text.ToString();
        _text.Clear();
        return text;
    }

    /// <summary>Hides the values that were marked with <c>:r</c>.</summary>
    public readonly Func<string, string> GetFilter()
    {
        var secrets = _secrets.ToArray();
        return text => secrets.Aggregate(text, static (current, secret) => current.Replace(secret, Redacted, StringComparison.Ordinal));
    }
}
