using Nuke.Common;
using Nuke.Common.Execution;
using Tidegate.BuildHost.Execution;
using Tidegate.BuildHost.Logs;

namespace Tidegate.BuildHost.Reports;

/// <summary>The graph in the order of the plan, with what would be skipped and why. Nothing runs.</summary>
internal static class PlanText
{
    public static int Write(BuildSession session, NukeBuild build, List<Problem> problems)
    {
        var plan = build.ExecutionPlan;
        var timings = Timings.Read(session);
        var rows = plan.Select((target, index) => ($"{index + 1,3}. {target.Name}", string.Join("; ", Notes(target, plan, timings))));
        session.Out.Write(SecretMask.Shared.Apply(Columns.Of(rows.ToArray(), indent: 0, session.Width)));
        foreach (var problem in problems)
            session.Out.WriteLine(SecretMask.Shared.Apply($"{Environment.NewLine}Would be refused. {problem}"));
        return problems.Count == 0 ? ExitCodes.Succeeded : ExitCodes.Refused(build);
    }

    private static IEnumerable<string> Notes(ExecutableTarget target, IReadOnlyCollection<ExecutableTarget> plan, Timings timings)
    {
        if (target.Status == ExecutionStatus.Skipped)
            yield return $"skipped: {Skipping.Reason(target)}";
        if (target.ExecutionDependencies.Count > 0)
            yield return "-> " + Names(target.ExecutionDependencies);
        if (target.OrderDependencies.Where(plan.Contains).ToArray() is { Length: > 0 } before)
            yield return "after " + Names(before);
        if (target.TriggerDependencies.Where(plan.Contains).ToArray() is { Length: > 0 } triggers)
            yield return "triggered by " + Names(triggers);
        if (target.Status == ExecutionStatus.Skipped)
            yield break;
        foreach (var condition in target.DynamicConditions)
            yield return $"only when {condition.Text}, asked in its turn";
        if (timings.Usual(target.Name) is { } usual)
            yield return "usually " + Summary.Shown(usual);
    }

    private static string Names(IEnumerable<ExecutableTarget> targets) => string.Join(", ", targets.Select(target => target.Name));
}
