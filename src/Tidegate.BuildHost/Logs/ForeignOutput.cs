using Serilog;
using Serilog.Events;

namespace Tidegate.BuildHost.Logs;

/// <summary>Lines of other programs: logged as they are, never read as a template.</summary>
internal static class ForeignOutput
{
    public static void Write(LogEventLevel level, string text) => Log.Write(level, "{Line:l}", text);
}
