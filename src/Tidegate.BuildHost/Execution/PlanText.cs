using Nuke.Common;
using Nuke.Common.Execution;
using Tidegate.BuildHost.Logs;

namespace Tidegate.BuildHost.Execution;

/// <summary>The plan in its order, with what would be skipped and why. Nothing runs.</summary>
internal static class PlanText
{
    public static int Write(BuildSession session, NukeBuild build, List<Problem> problems)
    {
        var plan = build.ExecutionPlan;
        var width = plan.Max(target => target.Name.Length) + 3;
        var number = 0;
        foreach (var target in plan)
            session.Out.WriteLine(SecretMask.Shared.Apply($"{++number,3}. {target.Name.PadRight(width)}{About(target)}".TrimEnd()));
        foreach (var problem in problems)
            session.Out.WriteLine(SecretMask.Shared.Apply($"{Environment.NewLine}Would be refused. {problem}"));
        return problems.Count == 0 ? ExitCodes.Succeeded : ExitCodes.InputInvalid;
    }

    private static string About(ExecutableTarget target)
    {
        if (target.Status == ExecutionStatus.Skipped)
            return target.OnlyWhen is { } condition ? $"skipped: only when {condition}" : $"skipped: {target.Skipped}";
        IEnumerable<string> notes =
        [
            .. target.ExecutionDependencies.Count == 0 ? Array.Empty<string>() : ["-> " + string.Join(", ", target.ExecutionDependencies.Select(other => other.Name))],
            .. target.DynamicConditions.Select(condition => $"only when {condition.Text}, asked in its turn"),
        ];
        return string.Join("; ", notes);
    }
}
