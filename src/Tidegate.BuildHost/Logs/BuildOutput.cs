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
    public static void Line(string text = "", Colour colour = Colour.None)
    {
        var session = BuildSession.Current;
        var safe = SecretMask.Shared.Apply(text);
        OutputLane.Write(session.Talk, (session.Colours && colour != Colour.None ? $"\e[{(int)colour}m{safe}\e[0m" : safe) + Environment.NewLine);
    }

    /// <summary>A command for the place that the build runs on, which needs the secret itself.</summary>
    public static void Unmasked(string command) => OutputLane.Write(BuildSession.Current.Talk, command + Environment.NewLine);

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
