using Nuke.Common;
using Nuke.Common.Execution;
using Nuke.Common.Utilities;

namespace Tidegate.BuildHost.Execution;

/// <summary>Which planned targets do not run, and why.</summary>
internal static class Skipping
{
    /// <summary>By <c>--skip</c>. What was named on the command line runs; without names only dependencies are skipped.</summary>
    public static void ByName(IReadOnlyCollection<ExecutableTarget> plan, IReadOnlyCollection<ExecutableTarget> named)
    {
        foreach (var target in plan)
        {
            if (named.Count == 0 ? !target.IsChosen : named.Contains(target) && !target.Invoked)
                Skip(plan, target, "--skip");
        }
    }

    /// <summary>By <c>OnlyWhenStatic</c>. A condition that throws stops the build before anything runs;
    /// <c>ExitCode</c>, if it has set that before, is then what the process answers.</summary>
    public static void ByStaticConditions(IReadOnlyCollection<ExecutableTarget> plan, List<Problem> problems)
    {
        foreach (var target in plan.Where(target => target.Status == ExecutionStatus.Scheduled))
        {
            try
            {
                if (FirstFalse(target.StaticConditions) is { } condition)
                    ByCondition(plan, target, condition);
            }
            catch (Exception exception)
            {
                problems.Add(Failed(target, exception.Unwrap()));
            }
        }
    }

    public static string FirstFalse(IEnumerable<(string Text, Func<bool> Delegate)> conditions) =>
        conditions.Where(condition => !condition.Delegate()).Select(condition => condition.Text).FirstOrDefault();

    public static void ByCondition(IReadOnlyCollection<ExecutableTarget> plan, ExecutableTarget target, string condition)
    {
        target.OnlyWhen = condition;
        Skip(plan, target, null);
    }

    /// <summary>Why a skipped target is.</summary>
    public static string Reason(ExecutableTarget target) => target.OnlyWhen is { } condition ? $"only when {condition}" : target.Skipped;

    private static void Skip(IReadOnlyCollection<ExecutableTarget> plan, ExecutableTarget target, string because)
    {
        if (target.Status is not (ExecutionStatus.Scheduled or ExecutionStatus.Collective))
            return;
        target.Status = ExecutionStatus.Skipped;
        if (because is not null)
            target.Skipped = because;
        if (target.DependencyBehavior == DependencyBehavior.Execute)
            return;

        foreach (var other in target.ExecutionDependencies.Concat(target.Triggers))
        {
            if (!other.IsChosen && !IsNeeded(plan, other))
                Skip(plan, other, $"because of {target.Name}");
        }
    }

    private static bool IsNeeded(IReadOnlyCollection<ExecutableTarget> plan, ExecutableTarget target) => plan.Any(other =>
        other.Status is ExecutionStatus.Scheduled or ExecutionStatus.Collective or ExecutionStatus.Running
        && (other.ExecutionDependencies.Contains(target) || other.Triggers.Contains(target)));

    /// <summary>An exception that is no more than its message was meant for the user, and tells what to do itself.</summary>
    private static Problem Failed(ExecutableTarget target, Exception failure) => failure.ToString() == failure.Message
        ? new Problem($"target {target.Name}", failure.Message, "Nothing was touched.")
        : new Problem($"target {target.Name}", $"its condition fails: {failure.Message}", "Correct the condition given to OnlyWhenStatic.");
}
