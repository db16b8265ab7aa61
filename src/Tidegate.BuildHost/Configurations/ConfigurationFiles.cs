using System.Reflection;
using Nuke.Common;
using Nuke.Common.CI;
using Nuke.Common.Execution;
using Tidegate.BuildHost.Execution;

namespace Tidegate.BuildHost.Configurations;

/// <summary><c>--generate-configuration</c>: the only way by which files of CI servers are written.</summary>
internal static class ConfigurationFiles
{
    /// <param name="session">Of the call.</param>
    /// <param name="build">Has the attributes.</param>
    /// <param name="targets">All of the build.</param>
    /// <param name="id">Empty: all of them.</param>
    public static int Write(BuildSession session, NukeBuild build, IReadOnlyCollection<ExecutableTarget> targets, string id)
    {
        var all = build.GetType().GetCustomAttributes<ConfigurationAttributeBase>(inherit: true).OrderBy(each => each.Id, StringComparer.Ordinal).ToArray();
        var wanted = all.Where(each => id.Length == 0 || string.Equals(each.Id, id, StringComparison.OrdinalIgnoreCase)).ToArray();
        if (wanted.Length == 0)
            throw new UsageException(None(id, all));
        foreach (var each in wanted)
        {
            each.Build = build;
            each.Generate(targets);
            session.Out.WriteLine($"Written: {each.ConfigurationFile}");
        }

        return ExitCodes.Succeeded;
    }

    private static Problem None(string id, ConfigurationAttributeBase[] all)
    {
        if (all.Length == 0)
            return new Problem("--generate-configuration", "the build class has no attribute such as [GitHubActions]", "Put one on it.");
        var near = Nearest.To(id, all.Select(each => each.Id));
        return new Problem(
            "--generate-configuration", $"there is no '{id}'",
            near is null ? $"There are {string.Join(", ", all.Select(each => each.Id))}; without an id all are written." : $"Did you mean {near}?");
    }
}
