using System.Globalization;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Display;
using Tidegate.BuildHost.Execution;

namespace Tidegate.BuildHost.Logs;

/// <summary>A line for the end of the build.</summary>
internal sealed record KeptLine(string Text, bool IsError);

/// <summary>Writes <c>HH:mm:ss [INF] text</c>, keeps warnings and errors, tells the CI server of them.</summary>
internal sealed class BuildLogSink : ILogEventSink
{
    private const int MostKept = 200;
    private static readonly MessageTemplateTextFormatter Message = new("{Message:l}", CultureInfo.InvariantCulture);
    private readonly List<KeptLine> _kept = [];

    public string Target { get; set; }

    public IReadOnlyList<KeptLine> Kept
    {
        get
        {
            lock (_kept)
                return [.. _kept];
        }
    }

    public void Emit(LogEvent logEvent)
    {
        var host = BuildSession.Current.Host;
        var message = Rendered(logEvent);
        if (host.FilterMessage(message))
            return;

        message = host.Neutralize(SecretMask.Shared.Apply(message));
        var level = Name(logEvent.Level);
        var details = logEvent.Exception is { } exception ? Environment.NewLine + host.Neutralize(SecretMask.Shared.Apply(exception.ToString())) : string.Empty;
        BuildOutput.Line($"{logEvent.Timestamp.ToString("HH:mm:ss", CultureInfo.InvariantCulture)} [{level}] {message}{details}", ColourOf(logEvent.Level));

        if (logEvent.Level < LogEventLevel.Warning)
            return;
        var origin = Target is null || message.StartsWith(Target, StringComparison.Ordinal) ? string.Empty : Target + ": ";
        Keep($"[{level}] {origin}{message}", logEvent.Level > LogEventLevel.Warning);
        if (logEvent.Level == LogEventLevel.Warning)
            host.ReportWarning(message);
        else
            host.ReportError(message);
    }

    private static string Rendered(LogEvent logEvent)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        Message.Format(logEvent, text);
        return text.ToString();
    }

    private void Keep(string text, bool isError)
    {
        lock (_kept)
        {
            if (_kept.Count < MostKept)
                _kept.Add(new KeptLine(text, isError));
        }
    }

    private static string Name(LogEventLevel level) => level switch
    {
        LogEventLevel.Verbose => "VRB",
        LogEventLevel.Debug => "DBG",
        LogEventLevel.Information => "INF",
        LogEventLevel.Warning => "WRN",
        LogEventLevel.Error => "ERR",
        _ => "FTL",
    };

    private static Colour ColourOf(LogEventLevel level) => level switch
    {
        LogEventLevel.Verbose or LogEventLevel.Debug => Colour.Grey,
        LogEventLevel.Warning => Colour.Yellow,
        >= LogEventLevel.Error => Colour.Red,
        _ => Colour.None,
    };
}
