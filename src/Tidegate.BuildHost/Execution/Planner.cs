using Nuke.Common.Execution;

namespace Tidegate.BuildHost.Execution;

/// <summary>
/// The order. Again and again the first target, in discovery order, that no remaining target waits for is taken; it is kept if it was
/// chosen or a kept one needs it; at the end the kept ones are reversed. So the plan does not depend on the order on the command line.
/// </summary>
internal static class Planner
{
    public static IReadOnlyList<ExecutableTarget> Plan(IReadOnlyList<ExecutableTarget> targets, IEnumerable<ExecutableTarget> chosen, bool strict = false)
    {
        var order = Order(targets, strict);
        var roots = chosen.ToHashSet();
        while (true)
        {
            var kept = new List<ExecutableTarget>();
            var needed = new HashSet<ExecutableTarget>(roots);
            foreach (var target in order.Where(needed.Contains))
            {
                kept.Add(target);
                needed.UnionWith(target.ExecutionDependencies);
            }

            var before = roots.Count;
            roots.UnionWith(kept.SelectMany(target => target.Triggers));
            if (roots.Count == before)
            {
                kept.Reverse();
                return kept;
            }
        }
    }

    /// <summary>All targets, dependents before their dependencies.</summary>
    private static List<ExecutableTarget> Order(IReadOnlyList<ExecutableTarget> targets, bool strict)
    {
        var dependencies = targets.ToDictionary(target => target, target => target.AllDependencies);
        var waiting = targets.ToDictionary(target => target, _ => 0);
        foreach (var dependency in dependencies.Values.SelectMany(each => each))
            waiting[dependency]++;

        var remaining = new LinkedList<ExecutableTarget>(targets);
        var order = new List<ExecutableTarget>(targets.Count);
        while (remaining.Count > 0)
        {
            var free = remaining.Where(target => waiting[target] == 0).Take(strict ? 2 : 1).ToArray();
            if (free.Length == 0)
                throw new UsageException(Cycle([.. remaining], dependencies));
            if (free.Length > 1)
                throw new UsageException(new Problem("--strict", $"the order of {free[0].Name} and {free[1].Name} is not declared", "Relate them with Before, After or DependsOn, or leave --strict away."));
            remaining.Remove(free[0]);
            order.Add(free[0]);
            foreach (var dependency in dependencies[free[0]])
                waiting[dependency]--;
        }

        return order;
    }

    private static Problem Cycle(HashSet<ExecutableTarget> remaining, Dictionary<ExecutableTarget, IReadOnlyCollection<ExecutableTarget>> dependencies)
    {
        // Every remaining target is waited for by a remaining one: walking against the arrows must come back.
        var path = new List<ExecutableTarget>();
        var step = remaining.First();
        while (!path.Contains(step))
        {
            path.Add(step);
            step = remaining.First(candidate => dependencies[candidate].Contains(path[^1]));
        }

        var names = path[path.IndexOf(step)..].Append(step).Select(target => target.Name);
        return new Problem("the targets", $"circular dependency: {string.Join(" <- ", names)}", "Each one goes before the next. Take one of these relations away (DependsOn, Before, After, Triggers).");
    }
}
