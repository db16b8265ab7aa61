using Nuke.Common.Execution;
using Tidegate.BuildHost.Parameters;

namespace Tidegate.BuildHost.Execution;

/// <summary>From the names on the command line to targets.</summary>
internal static class TargetChoice
{
    /// <summary>Marks the chosen targets; answers those to skip, empty for all dependencies, null for none.</summary>
    public static IReadOnlyCollection<ExecutableTarget> Make(BuiltIns builtIns, IReadOnlyList<ExecutableTarget> targets, List<Problem> problems)
    {
        foreach (var name in builtIns.Targets)
        {
            if (Find(targets, name, "the targets", problems) is { } target)
                target.Invoked = true;
        }

        // Defaults stand in for names that were not given.
        if (builtIns.Targets.Count > 0)
        {
            foreach (var target in targets)
                target.IsDefault &= target.Invoked;
        }

        return builtIns.Skip?.Select(name => Find(targets, name, "--skip", problems)).Where(target => target is not null).ToArray();
    }

    public static ExecutableTarget Find(IReadOnlyList<ExecutableTarget> targets, string name, string where, List<Problem> problems)
    {
        if (targets.FirstOrDefault(target => ParameterName.Plain(target.Name) == ParameterName.Plain(name)) is { } found)
            return found;
        var near = Nearest.To(name, targets.Select(target => target.Name));
        problems.Add(new Problem($"'{name}' in {where}", "the build has no such target", near is null
            ? $"There are {string.Join(", ", targets.Where(target => target.Listed).Select(target => target.Name).Order(StringComparer.Ordinal))}."
            : $"Did you mean {near}? --help lists them."));
        return null;
    }
}
