using System.Linq.Expressions;
using Nuke.Common;
using Nuke.Common.Execution;
using Nuke.Common.Utilities;

namespace Tidegate.BuildHost.Execution;

/// <summary>All targets of a build with their relations, checked before anything runs.</summary>
internal static class TargetGraph
{
    public static IReadOnlyList<ExecutableTarget> Of<T>(T build, IEnumerable<Expression<Func<T, Target>>> defaults, List<Problem> problems)
        where T : NukeBuild
    {
        var targets = TargetDiscovery.In(build, problems);
        foreach (var expression in defaults)
        {
            if (Find(targets, DefaultOf(expression, build)) is { } chosen)
                chosen.IsDefault = true;
        }

        var definitions = new List<TargetDefinition>(targets.Count);
        foreach (var target in targets)
        {
            var definition = new TargetDefinition(build, target);
            definitions.Add(definition);
            try
            {
                Define(target.Factory, definition);
            }
            catch (Exception exception)
            {
                problems.Add(new Problem($"target {target.Name}", $"its definition fails: {exception.Unwrap().Message}", "Correct the definition."));
            }
        }

        foreach (var definition in definitions)
            Resolve(definition, targets, problems);
        return targets;
    }

    private static void Define(Delegate factory, TargetDefinition definition)
    {
        switch (factory)
        {
            case Target target:
                target(definition);
                break;
            case Setup setup:
                setup(definition);
                break;
            case Cleanup cleanup:
                cleanup(definition);
                definition.AssuredAfterFailure();
                break;
        }
    }

    private static Delegate DefaultOf<T>(Expression<Func<T, Target>> expression, T build)
    {
        try
        {
            return expression.GetMemberInfo().GetValue<Target>(build);
        }
        catch (ArgumentException)
        {
            return expression.Compile(preferInterpretation: true)(build);
        }
    }

    private static ExecutableTarget Find(IEnumerable<ExecutableTarget> targets, Delegate factory) => targets.FirstOrDefault(target => target.Is(factory));

    private static void Resolve(TargetDefinition definition, IReadOnlyList<ExecutableTarget> targets, List<Problem> problems)
    {
        var self = definition.Target;
        foreach (var (relation, factory) in definition.Relations)
        {
            if (Find(targets, factory) is not { } other)
                problems.Add(NotATarget(self, relation.ToString()));
            else if (other == self)
                problems.Add(new Problem($"target {self.Name}", $"{relation} names the target itself", "Take it out."));
            else
                Connect(self, relation, other);
        }

        foreach (var (factory, artifacts) in definition.Consumed)
        {
            if (Find(targets, factory) is { } producer)
                self.ArtifactDependencies.AddRange(producer, artifacts.Length > 0 ? artifacts : [.. producer.ArtifactProducts]);
            else
                problems.Add(NotATarget(self, "Consumes"));
        }
    }

    private static void Connect(ExecutableTarget self, Relation relation, ExecutableTarget other)
    {
        switch (relation)
        {
            case Relation.DependsOn:
                Once(self.ExecutionDependencies, other);
                break;
            case Relation.DependentFor:
                Once(other.ExecutionDependencies, self);
                break;
            case Relation.After:
                Once(self.OrderDependencies, other);
                break;
            case Relation.Before:
                Once(other.OrderDependencies, self);
                break;
            case Relation.Triggers:
                Once(self.Triggers, other);
                Once(other.TriggerDependencies, self);
                break;
            case Relation.TriggeredBy:
                Once(other.Triggers, self);
                Once(self.TriggerDependencies, other);
                break;
        }
    }

    private static void Once(List<ExecutableTarget> list, ExecutableTarget target)
    {
        if (!list.Contains(target))
            list.Add(target);
    }

    private static Problem NotATarget(ExecutableTarget self, string relation) => new(
        $"target {self.Name}", $"{relation} names something that is no target of this build", "Name a property of the build class or of one of its interfaces, not a static one or a copy.");
}
