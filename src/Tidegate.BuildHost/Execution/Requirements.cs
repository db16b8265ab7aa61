using System.Collections;
using System.Linq.Expressions;
using System.Reflection;
using Nuke.Common;
using Nuke.Common.Execution;
using Nuke.Common.Utilities;
using Tidegate.BuildHost.Parameters;

namespace Tidegate.BuildHost.Execution;

/// <summary>What must be there before anything runs. Nobody is ever prompted.</summary>
internal static class Requirements
{
    public static void Check(NukeBuild build, List<Problem> problems)
    {
        foreach (var injected in build.Session.Catalog.All.Where(injected => injected.Member.IsDefined(typeof(RequiredAttribute))))
        {
            if (IsMissing(injected.Member.GetValue(build)))
                problems.Add(Missing("the build", injected.Member, build.Session));
        }

        foreach (var target in build.ExecutionPlan.Where(target => target.Status is ExecutionStatus.Scheduled or ExecutionStatus.Collective))
        {
            foreach (var requirement in target.DelegateRequirements)
                Check(target, requirement, build.Session, problems);
            foreach (var missing in target.ToolRequirements.Select(requirement => requirement.Missing).Where(missing => missing is not null))
                problems.Add(new Problem($"target {target.Name}", missing, "Install it, or add its folder to the PATH."));
        }
    }

    /// <summary>The member that the requirement names, if it is that simple.</summary>
    public static MemberInfo MemberOf(LambdaExpression requirement)
    {
        var body = requirement.Body is UnaryExpression { NodeType: ExpressionType.Convert } convert ? convert.Operand : requirement.Body;
        return (body as MemberExpression)?.Member;
    }

    private static void Check(ExecutableTarget target, LambdaExpression requirement, BuildSession session, List<Problem> problems)
    {
        try
        {
            var value = requirement.Compile(preferInterpretation: true).DynamicInvoke();
            if (value is true || (value is not false && !IsMissing(value)))
                return;
            problems.Add(MemberOf(requirement) is { } member && value is not false
                ? Missing($"target {target.Name}", member, session)
                : new Problem($"target {target.Name}", $"it requires that {ExpressionText.Of(requirement.Body)} holds", "See to it, or run without this target."));
        }
        catch (Exception exception)
        {
            problems.Add(new Problem($"target {target.Name}", $"its requirement fails: {exception.Unwrap().Message}", "Correct the requirement."));
        }
    }

    private static bool IsMissing(object value) => value is null or "" || (value is ICollection { Count: 0 });

    private static Problem Missing(string where, MemberInfo member, BuildSession session)
    {
        var parameter = session.Catalog.Parameters.FirstOrDefault(parameter => parameter.Member == member || parameter.Member.Name == member.Name);
        return new Problem(where, $"it requires '{member.Name}', which has no value", parameter is null
            ? $"See why {member.Name} is empty."
            : $"Give {parameter.Dashed} <value>, or set the variable {ParameterName.Variable(parameter.FullName)}.");
    }
}
