using System.Reflection;
using Nuke.Common;
using Nuke.Common.CI.AzurePipelines;
using Nuke.Common.CI.GitHubActions;
using Nuke.Common.CI.GitLab;
using Nuke.Common.CI.TeamCity;
using Nuke.Common.Execution;

namespace Tidegate.BuildHost.Execution;

/// <summary>Which CI server this is, if any.</summary>
internal static class Hosts
{
    private static readonly (Type Type, string Variable, Func<Host> Make)[] Known =
    [
        (typeof(GitHubActions), "GITHUB_ACTIONS", static () => new GitHubActions()),
        (typeof(AzurePipelines), "TF_BUILD", static () => new AzurePipelines()),
        (typeof(TeamCity), "TEAMCITY_VERSION", static () => new TeamCity()),
        (typeof(GitLab), "GITLAB_CI", static () => new GitLab()),
    ];

    public static Host Detect(BuildSession session, List<Problem> problems)
    {
        if (session.BuiltIns.Host is { } wanted)
            return ByName(session, wanted, problems);
        if (OwnHosts(session).FirstOrDefault(IsRunning) is { } own)
            return Make(own);
        foreach (var (_, variable, make) in Known)
        {
            if (session.Environment.ContainsKey(variable))
                return make();
        }

        return new Terminal();
    }

    public static IEnumerable<string> Names(BuildSession session) => Types(session).Select(type => type.Name);

    private static Host ByName(BuildSession session, string wanted, List<Problem> problems)
    {
        var types = Types(session).ToArray();
        if (types.FirstOrDefault(type => type.FullName!.EndsWith(wanted, StringComparison.OrdinalIgnoreCase)) is { } found)
            return Known.FirstOrDefault(known => known.Type == found).Make?.Invoke() ?? Make(found);
        var near = Nearest.To(wanted, types.Select(type => type.Name));
        problems.Add(new Problem(
            "--host", $"there is no host '{wanted}'",
            near is null ? $"Write one of {string.Join(", ", types.Select(type => type.Name))}." : $"Did you mean {near}?"));
        return new Terminal();
    }

    private static IEnumerable<Type> OwnHosts(BuildSession session) =>
        session.BuildType?.Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(Host)) && !type.IsAbstract) ?? [];

    private static IEnumerable<Type> Types(BuildSession session) => OwnHosts(session).Concat(Known.Select(known => known.Type)).Append(typeof(Terminal));

    private static bool IsRunning(Type type) =>
        type.GetProperty("IsRunning" + type.Name, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)?.GetValue(null) is true;

    private static Host Make(Type type) => (Host)Activator.CreateInstance(type, nonPublic: true);
}
