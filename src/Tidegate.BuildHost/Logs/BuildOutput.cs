using Tidegate.BuildHost.Execution;

namespace Tidegate.BuildHost.Logs;

internal enum Colour
{
    None = 0,
    Red = 31,
    Green = 32,
    Yellow = 33,
    Cyan = 36,
    Grey = 90,
}

/// <summary>The host's own lines, without secrets, coloured only for a terminal.</summary>
internal static class BuildOutput
{
    private static readonly Lock Gate = new();

    public static void Line(string text = "", Colour colour = Colour.None)
    {
        var session = BuildSession.Current;
        var safe = SecretMask.Shared.Apply(text);
        lock (Gate)
        {
            session.Out.WriteLine(session.Colours && colour != Colour.None ? $"\e[{(int)colour}m{safe}\e[0m" : safe);
            session.Out.Flush();
        }
    }

    /// <summary>The lines above a target.</summary>
    public static void Header(string text)
    {
        Line();
        Line("╬" + new string('═', text.Length + 5));
        Line($"║ {text}", Colour.Cyan);
        Line("╬" + new string('═', Math.Max(text.Length - 4, 2)));
        Line();
    }
}
