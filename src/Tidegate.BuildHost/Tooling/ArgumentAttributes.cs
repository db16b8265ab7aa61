using Serilog.Events;

namespace Nuke.Common.Tooling;

/// <summary>How a property becomes text on a command line.</summary>
[AttributeUsage(AttributeTargets.Property)]
public class ArgumentAttribute : Attribute
{
    /// <summary><c>{value}</c>, and <c>{key}</c> for a dictionary. A bool whose format has no <c>{value}</c> is a switch.</summary>
    public string Format { get; set; }

    public string AlternativeFormat { get; set; }

    /// <summary>1, 2, … before the others; -1, -2, … after them. 0: in order of declaration.</summary>
    public int Position { get; set; }

    /// <summary>The value is hidden in logs and in the tool's output.</summary>
    public bool Secret { get; set; }

    /// <summary>Between the elements of a list; null: the format is repeated.</summary>
    public string Separator { get; set; }
    public string InnerSeparator { get; set; }
    public bool QuoteMultiple { get; set; }
    public Type FormatterType { get; set; }
    public string FormatterMethod { get; set; }
}

/// <summary>The words of a tool's command: <c>nuget push</c>.</summary>
[AttributeUsage(AttributeTargets.Class)]
public class CommandAttribute : Attribute
{
    public Type Type { get; set; }
    public string Command { get; set; }
    public string Arguments { get; set; }
}

/// <summary>Which property a setter changes.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class BuilderAttribute : Attribute
{
    public Type Type { get; set; }
    public string Property { get; set; }
}

/// <summary>Lines of a tool's output that fit <see cref="Pattern"/> are logged at <see cref="Level"/>.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public class LogLevelPattern(LogEventLevel level, string pattern) : Attribute
{
    public LogEventLevel Level { get; } = level;
    public string Pattern { get; } = pattern;
}

/// <summary>The tool writes ordinary messages to its error stream.</summary>
[AttributeUsage(AttributeTargets.Class)]
public class LogErrorAsStandard : Attribute;

[AttributeUsage(AttributeTargets.Class)]
public abstract class ToolAttribute : Attribute;

/// <summary>The tool is found on the PATH.</summary>
[AttributeUsage(AttributeTargets.Class)]
public class PathToolAttribute : ToolAttribute
{
    public string Executable { get; set; }
}
