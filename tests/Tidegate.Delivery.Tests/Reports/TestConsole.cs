using Spectre.Console;
using Spectre.Console.Rendering;

namespace Tidegate.Delivery.Tests.Reports;

/// <summary>Real Spectre consoles that write into a text.</summary>
internal static class TestConsole
{
    public const int Width = 120;

    public static IAnsiConsole Terminal(TextWriter output, int height = 50, Dictionary<string, string>? environment = null) => Sized(AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(output),
        Ansi = AnsiSupport.Yes,
        ColorSystem = environment is null ? ColorSystemSupport.Standard : ColorSystemSupport.Detect,
        Interactive = InteractionSupport.Yes,
        EnvironmentVariables = environment,
    }), height);

    public static IAnsiConsole Pipe(TextWriter output) => Sized(AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(output),
        Ansi = AnsiSupport.No,
        ColorSystem = ColorSystemSupport.NoColors,
        Interactive = InteractionSupport.No,
    }), 50);

    /// <summary>What somebody would see, without colours.</summary>
    public static string Draw(IRenderable picture)
    {
        using var output = new StringWriter { NewLine = "\n" };
        Pipe(output).Write(picture);
        return string.Join('\n', output.ToString().ReplaceLineEndings("\n").Split('\n').Select(l => l.TrimEnd()));
    }

    private static IAnsiConsole Sized(IAnsiConsole console, int height)
    {
        console.Profile.Width = Width;
        console.Profile.Height = height;
        console.Profile.Capabilities.Unicode = true;
        return console;
    }
}
