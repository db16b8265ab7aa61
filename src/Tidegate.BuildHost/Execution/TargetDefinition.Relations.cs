using System.Reflection;
using Nuke.Common;
using Nuke.Common.Utilities;

namespace Tidegate.BuildHost.Execution;

internal enum Relation
{
    DependsOn,
    DependentFor,
    Before,
    After,
    Triggers,
    TriggeredBy,
}

// The relations, each in its plain, typed and tolerant form.
internal sealed partial class TargetDefinition
{
    public List<(Relation Relation, Delegate Other)> Relations { get; } = [];

    public List<(Delegate Producer, string[] Artifacts)> Consumed { get; } = [];

    public ITargetDefinition DependsOn(params Target[] targets) => Relate(Relation.DependsOn, targets);
    public ITargetDefinition DependsOn<T>(params Func<T, Target>[] targets) => Relate(Relation.DependsOn, targets);
    public ITargetDefinition TryDependsOn<T>(params Func<T, Target>[] targets) => TryRelate(Relation.DependsOn, targets);

    public ITargetDefinition DependentFor(params Target[] targets) => Relate(Relation.DependentFor, targets);
    public ITargetDefinition DependentFor<T>(params Func<T, Target>[] targets) => Relate(Relation.DependentFor, targets);
    public ITargetDefinition TryDependentFor<T>(params Func<T, Target>[] targets) => TryRelate(Relation.DependentFor, targets);

    public ITargetDefinition Before(params Target[] targets) => Relate(Relation.Before, targets);
    public ITargetDefinition Before<T>(params Func<T, Target>[] targets) => Relate(Relation.Before, targets);
    public ITargetDefinition TryBefore<T>(params Func<T, Target>[] targets) => TryRelate(Relation.Before, targets);

    public ITargetDefinition After(params Target[] targets) => Relate(Relation.After, targets);
    public ITargetDefinition After<T>(params Func<T, Target>[] targets) => Relate(Relation.After, targets);
    public ITargetDefinition TryAfter<T>(params Func<T, Target>[] targets) => TryRelate(Relation.After, targets);

    public ITargetDefinition Triggers(params Target[] targets) => Relate(Relation.Triggers, targets);
    public ITargetDefinition Triggers<T>(params Func<T, Target>[] targets) => Relate(Relation.Triggers, targets);
    public ITargetDefinition TryTriggers<T>(params Func<T, Target>[] targets) => TryRelate(Relation.Triggers, targets);

    public ITargetDefinition TriggeredBy(params Target[] targets) => Relate(Relation.TriggeredBy, targets);
    public ITargetDefinition TriggeredBy<T>(params Func<T, Target>[] targets) => Relate(Relation.TriggeredBy, targets);
    public ITargetDefinition TryTriggeredBy<T>(params Func<T, Target>[] targets) => TryRelate(Relation.TriggeredBy, targets);

    public ITargetDefinition Consumes(params Target[] targets) => Then(() => Consumed.AddRange(targets.Select(producer => ((Delegate)producer, Array.Empty<string>()))));
    public ITargetDefinition Consumes<T>(params Func<T, Target>[] targets) =>
        Then(() => Consumed.AddRange(Targets(targets).Select(producer => (producer, Array.Empty<string>()))));
    public ITargetDefinition Consumes(Target target, params string[] artifacts) => Then(() => Consumed.Add((target, artifacts)));
    public ITargetDefinition Consumes<T>(Func<T, Target> target, params string[] artifacts) => Then(() => Consumed.Add((target(As<T>()), artifacts)));
    public ITargetDefinition Consumes<T>(params string[] artifacts) => Then(() => Consumed.Add((Targets<T>([])[0], artifacts)));

    public ITargetDefinition DependsOnContext<T>() where T : INukeBuild
    {
        _ = As<T>();
        Relations.Add((Relation.DependsOn, (Delegate)OnlyTargetOf(typeof(T), typeof(Setup)).GetValue(build)));

        // After the last target that has triggered it, also when one of them failed.
        Relations.Add((Relation.Triggers, (Delegate)OnlyTargetOf(typeof(T), typeof(Cleanup)).GetValue(build)));
        return this;
    }

    private TargetDefinition Relate(Relation relation, Target[] others) => Then(() => Relations.AddRange(others.Select(other => (relation, (Delegate)other))));

    private TargetDefinition Relate<T>(Relation relation, Func<T, Target>[] others) =>
        Then(() => Relations.AddRange(Targets(others).Select(other => (relation, other))));

    private TargetDefinition TryRelate<T>(Relation relation, Func<T, Target>[] others) => build is T ? Relate(relation, others) : this;

    /// <summary>Without selectors: the only target that T itself declares.</summary>
    private Delegate[] Targets<T>(Func<T, Target>[] selectors)
    {
        var typed = As<T>();
        return selectors.Length > 0
            ? [.. selectors.Select(selector => selector(typed))]
            : [(Delegate)OnlyTargetOf(typeof(T), typeof(Target)).GetValue(build)];
    }

    private T As<T>() => build is T typed ? typed : throw new InvalidOperationException(
        $"'{build.GetType().Name}' does not implement '{typeof(T).Name}'. Implement it, or use the form of the call that starts with Try.");

    private static PropertyInfo OnlyTargetOf(Type type, Type kind)
    {
        var declared = type.GetProperties(ReflectionUtility.Instance | BindingFlags.DeclaredOnly).Where(property => property.PropertyType == kind).ToArray();
        return declared.Length == 1 ? declared[0] : throw new InvalidOperationException(declared.Length == 0
            ? $"'{type.Name}' declares no {kind.Name}. Name one: x => x.<target>."
            : $"'{type.Name}' declares {string.Join(", ", declared.Select(property => property.Name))}. Name one: x => x.{declared[0].Name}.");
    }
}
