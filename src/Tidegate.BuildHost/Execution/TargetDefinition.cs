using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using Nuke.Common;
using Nuke.Common.Execution;
using Nuke.Common.Tooling;
using Nuke.Common.Utilities;

namespace Tidegate.BuildHost.Execution;

/// <summary>Takes down what a target says of itself. Relations stay delegates until every target is known.</summary>
internal sealed partial class TargetDefinition(NukeBuild build, ExecutableTarget target) : ITargetDefinition
{
    private PropertyInfo _current = target.Member as PropertyInfo;

    public ExecutableTarget Target { get; } = target;

    public ITargetDefinition Description(string description) => Then(() => Target.Description = description);

    public ITargetDefinition Executes(params Action[] actions) => Then(() => Target.Actions.AddRange(actions));

    public ITargetDefinition Executes<T>(Func<T> action) => Then(() => Target.Actions.Add(() => (action() as object as Task)?.GetAwaiter().GetResult()));

    public ITargetDefinition Executes(Func<Task> action) => Then(() => Target.Actions.Add(() => action().GetAwaiter().GetResult()));

    public ITargetDefinition OnlyWhenStatic(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string conditionExpression = null) =>
        Then(() => Target.StaticConditions.Add((Shown(conditionExpression), condition)));

    public ITargetDefinition OnlyWhenDynamic(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string conditionExpression = null) =>
        Then(() => Target.DynamicConditions.Add((Shown(conditionExpression), condition)));

    public ITargetDefinition WhenSkipped(DependencyBehavior dependencyBehavior) => Then(() => Target.DependencyBehavior = dependencyBehavior);

    public ITargetDefinition Requires<T>(Expression<Func<T>> parameterRequirement, params Expression<Func<T>>[] parameterRequirements)
        where T : class =>
        Then(() => Target.DelegateRequirements.AddRange([parameterRequirement, .. parameterRequirements]));

    public ITargetDefinition Requires<T>(Expression<Func<T?>> parameterRequirement, params Expression<Func<T?>>[] parameterRequirements)
        where T : struct =>
        Then(() => Target.DelegateRequirements.AddRange([parameterRequirement, .. parameterRequirements]));

    public ITargetDefinition Requires(Expression<Func<bool>> requirement, params Expression<Func<bool>>[] requirements) =>
        Then(() => Target.DelegateRequirements.AddRange([requirement, .. requirements]));

    public ITargetDefinition Requires(Expression<Func<Tool>> tool, params Expression<Func<Tool>>[] tools) =>
        Then(() => Target.DelegateRequirements.AddRange([tool, .. tools]));

    public ITargetDefinition Requires<T>() where T : IRequireTool => Then(() => Target.ToolRequirements.Add(ToolRequirement.For(typeof(T), null)));

    public ITargetDefinition Requires<T>(string version) where T : IRequireToolWithVersion =>
        Then(() => Target.ToolRequirements.Add(ToolRequirement.For(typeof(T), version)));

    public ITargetDefinition ProceedAfterFailure() => Then(() => Target.ProceedAfterFailure = true);

    public ITargetDefinition AssuredAfterFailure() => Then(() => Target.AssuredAfterFailure = true);

    public ITargetDefinition Unlisted() => Then(() => Target.Listed = false);

    public ITargetDefinition Produces(params string[] artifacts) => Then(() => Target.ArtifactProducts.AddRange(artifacts));

    public ITargetDefinition Partition(int size)
    {
        if (size <= 1)
            throw new ArgumentOutOfRangeException(nameof(size), size, "A partition has at least two parts.");
        return Then(() => Target.PartitionSize = size);
    }

    public ITargetDefinition Base()
    {
        var mine = _current;
        var overridden = mine?.DeclaringType?.BaseType?.GetProperty(mine.Name, ReflectionUtility.Instance)
            ?? throw new InvalidOperationException($"'{Target.Name}' overrides nothing: take Base() away.");
        return TakeOver(overridden);
    }

    public ITargetDefinition Inherit(params Target[] targets)
    {
        foreach (var inherited in targets)
            inherited(this);
        return this;
    }

    public ITargetDefinition Inherit<T>(params Expression<Func<T, Target>>[] targets)
    {
        if (targets.Length == 0)
            return TakeOver(OnlyTargetOf(typeof(T), typeof(Target)));
        foreach (var inherited in targets)
            TakeOver((PropertyInfo)inherited.GetMemberInfo());
        return this;
    }

    /// <summary>The definition as that type wrote it, past the one that overrides it.</summary>
    private TargetDefinition TakeOver(PropertyInfo property)
    {
        var before = _current;
        _current = property;
        property.GetValueNonVirtual<Delegate>(build).DynamicInvoke(this);
        _current = before;
        return this;
    }

    private TargetDefinition Then(Action note)
    {
        note();
        return this;
    }

    private static string Shown(string expression) => expression.TrimStart("() =>").Trim();
}
