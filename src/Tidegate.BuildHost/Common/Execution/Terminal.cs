namespace Nuke.Common.Execution;

/// <summary>A person's terminal, or any place that is no known CI server.</summary>
public class Terminal : Host
{
    public Terminal() { }

    public static bool IsRunningTerminal => true;
}
