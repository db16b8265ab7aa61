using Nuke.Common.Execution;

namespace Tidegate.BuildHost.Execution;

/// <summary>
/// Which planned targets a planned target waits for when targets run side by side: those that a declaration puts before it, also
/// through targets that are not planned. One that is assured waits for everything that the plan has before it: it cleans up.
/// </summary>
internal static class Precedence
{
    public static IReadOnlyDictionary<ExecutableTarget, IReadOnlySet<ExecutableTarget>> In(IReadOnlyCollection<ExecutableTarget> plan)
    {
        var planned = plan.ToHashSet();
        var result = new Dictionary<ExecutableTarget, IReadOnlySet<ExecutableTarget>>(plan.Count);
        foreach (var target in plan)
            result[target] = target.AssuredAfterFailure ? plan.TakeWhile(other => other != target).ToHashSet() : Before(target, planned);
        return result;
    }

    private static HashSet<ExecutableTarget> Before(ExecutableTarget target, HashSet<ExecutableTarget> planned)
    {
        var found = new HashSet<ExecutableTarget>();
        var seen = new HashSet<ExecutableTarget>();
        var open = new Stack<ExecutableTarget>(target.AllDependencies);
        while (open.TryPop(out var other))
        {
            if (planned.Contains(other))
                found.Add(other);
            else if (seen.Add(other))
                open.PushRange(other.AllDependencies);
        }

        return found;
    }

    private static void PushRange(this Stack<ExecutableTarget> stack, IEnumerable<ExecutableTarget> targets)
    {
        foreach (var target in targets)
            stack.Push(target);
    }
}
