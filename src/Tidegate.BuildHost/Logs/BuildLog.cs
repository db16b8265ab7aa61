using Nuke.Common;
using Nuke.Common.Execution;
using Nuke.Common.IO;
using Nuke.Common.Utilities;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Display;
using Tidegate.BuildHost.Execution;

namespace Tidegate.BuildHost.Logs;

/// <summary>Sets Serilog up: the console by verbosity, and everything in <c>.nuke/temp/build.log</c> when a person runs the build.</summary>
internal static class BuildLog
{
    private const string Template = "{Timestamp:HH:mm:ss} [{Level:u3}] {Message:l}{NewLine}{Exception}";
    private static readonly LoggingLevelSwitch LevelSwitch = new();
    private static BuildLogSink _sink = new();

    /// <summary>Warnings and errors so far, as they are shown at the end.</summary>
    public static IReadOnlyList<KeptLine> Kept => _sink.Kept;

    public static IDisposable Open(BuildSession session)
    {
        _sink = new BuildLogSink();
        SetLevel(session.BuiltIns.Verbosity);
        var configuration = new LoggerConfiguration().MinimumLevel.Verbose().WriteTo.Sink(_sink, LogEventLevel.Verbose, LevelSwitch);
        if (session.Host is Terminal && !session.BuiltIns.Plan && session.TryGetRootDirectory() is { } root)
            ToFile(configuration, root / ".nuke" / "temp" / "build.log");
        var (loggerBefore, outBefore) = (Log.Logger, Console.Out);
        Log.Logger = configuration.CreateLogger();
        if (session.OwnsConsole)
            Console.SetOut(new MaskingWriter(session.Talk, SecretMask.Shared));
        return DelegateDisposable.CreateBracket(cleanup: () =>
        {
            (Log.Logger as IDisposable)?.Dispose();
            Log.Logger = loggerBefore;
            Console.Out.Flush();
            Console.SetOut(outBefore);
        });
    }

    public static void SetLevel(Verbosity verbosity) => LevelSwitch.MinimumLevel = verbosity switch
    {
        Verbosity.Verbose => LogEventLevel.Verbose,
        Verbosity.Normal => LogEventLevel.Debug,
        Verbosity.Minimal => LogEventLevel.Warning,
        _ => LogEventLevel.Error,
    };

    private static void ToFile(LoggerConfiguration configuration, AbsolutePath path)
    {
        path.DeleteFile();
        configuration.WriteTo.File(new MaskingFormatter(new MessageTemplateTextFormatter(Template)), path, LogEventLevel.Verbose);
    }
}
