using System.Reflection;

namespace Tidegate.BuildHost.Execution;

internal static class Logo
{
    public static string Text =>
        $"Tidegate build host {typeof(Logo).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion}"
        + $" (NUKE 10.1 API, .NET {Environment.Version})";
}
