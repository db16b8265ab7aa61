using System.Globalization;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Display;
using Tidegate.BuildHost.Execution;

namespace Tidegate.BuildHost.Logs;

/// <summary>A line for the end of the build.</summary>
/// <param name="Level">WRN, ERR or FTL.</param>
/// <param name="Target">Null when no target was running.</param>
/// <param name="Message">Without secrets.</param>
internal sealed record KeptLine(string Level, string Target, string Message)
{
    public bool IsError => Level != "WRN";

    public string Text => $"[{Level}] {(Target is null || Message.StartsWith(Target, StringComparison.Ordinal) ? string.Empty : Target + ": ")}{Message}";
}

/// <summary>Writes <c>HH:mm:ss [INF] text</c>, keeps warnings and errors, tells the CI server of them.</summary>
internal sealed class BuildLogSink : ILogEventSink
{
    private const int MostKept = 200;
    private static readonly MessageTemplateTextFormatter Message = new("{Message:l}", CultureInfo.InvariantCulture);
    private readonly List<KeptLine> _kept = [];

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
        Keep(new KeptLine(level, RunningTarget.Current?.Name, message));
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

    private void Keep(KeptLine line)
    {
        lock (_kept)
        {
            if (_kept.Count < MostKept)
                _kept.Add(line);
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
