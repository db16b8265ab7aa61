using Serilog.Events;
using Serilog.Formatting;

namespace Tidegate.BuildHost.Logs;

/// <summary>Another formatter's text without secrets.</summary>
internal sealed class MaskingFormatter(ITextFormatter inner) : ITextFormatter
{
    public void Format(LogEvent logEvent, TextWriter output)
    {
        using var text = new StringWriter();
        inner.Format(logEvent, text);
        output.Write(SecretMask.Shared.Apply(text.ToString()));
    }
}
