using System.Reflection;
using Nuke.Common;
using Nuke.Common.Execution;

namespace Tidegate.BuildHost.Execution;

/// <summary>Finds the targets: of the class in order of declaration, of its bases, then of its interfaces.</summary>
internal static class TargetDiscovery
{
    public static IReadOnlyList<ExecutableTarget> In(NukeBuild build, List<Problem> problems)
    {
        var targets = new List<ExecutableTarget>();
        for (var type = build.GetType(); type != typeof(NukeBuild) && type is not null; type = type.BaseType)
        {
            foreach (var property in TargetsOf(type, BindingFlags.NonPublic))
                TakeFromClass(property, build, targets, problems);
        }

        foreach (var component in build.GetType().GetInterfaces())
        {
            foreach (var property in TargetsOf(component, default))
                TakeFromInterface(property, build, targets, problems);
        }

        return targets;
    }

    public static string NameOf(MemberInfo member) => member.Name[(member.Name.LastIndexOf('.') + 1)..];

    private static IEnumerable<PropertyInfo> TargetsOf(Type type, BindingFlags more) =>
        type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly | more)
            .Where(property => property.PropertyType == typeof(Target) || property.PropertyType == typeof(Setup) || property.PropertyType == typeof(Cleanup));

    private static void TakeFromClass(PropertyInfo property, NukeBuild build, List<ExecutableTarget> targets, List<Problem> problems)
    {
        var name = NameOf(property);
        var same = targets.Find(target => target.Name == name);
        if (same is null && targets.Find(target => target.Is((Delegate)property.GetValue(build))) is { } original)
            problems.Add(new Problem($"target {name}", $"it is the same definition as {original.Name}", $"Let it depend on it: _ => _.DependsOn({original.Name})."));
        else if (same is null)
            Add(property, build, targets);
        else if (same.Member.DeclaringType == property.DeclaringType)
            problems.Add(Clash(name, same.Member, property));
    }

    private static void TakeFromInterface(PropertyInfo property, NukeBuild build, List<ExecutableTarget> targets, List<Problem> problems)
    {
        var factory = (Delegate)property.GetValue(build);
        var same = targets.Find(target => target.Name == property.Name);
        if (factory is null || same is null)
        {
            Add(property, build, targets);
        }
        else if (!same.Is(factory))
        {
            var owner = same.Member.DeclaringType!;
            if (!owner.IsInterface && same.Member is PropertyInfo { GetMethod.IsPublic: false })
                problems.Add(new Problem($"target {property.Name}", $"'{owner.Name}.{property.Name}' hides the target of {property.DeclaringType!.Name}", "Mark it public."));
            else if (!owner.IsInterface || property.DeclaringType!.IsAssignableFrom(owner))
                same.Aliases.Add(factory);
            else if (owner.IsAssignableFrom(property.DeclaringType))
                TakeOver(same, property, factory);
            else
                problems.Add(Clash(property.Name, same.Member, property));
        }
    }

    /// <summary>A derived interface hides the target of its base: one target, known by both delegates.</summary>
    private static void TakeOver(ExecutableTarget target, PropertyInfo property, Delegate factory)
    {
        target.Aliases.Add(target.Factory);
        target.Factory = factory;
        target.Member = property;
    }

    private static void Add(PropertyInfo property, NukeBuild build, List<ExecutableTarget> targets) => targets.Add(new ExecutableTarget
    {
        Name = NameOf(property),
        Member = property,
        Factory = (Delegate)property.GetValue(build) ?? throw new InvalidOperationException($"The target '{NameOf(property)}' is null."),
    });

    private static Problem Clash(string name, MemberInfo one, PropertyInfo other) => new(
        $"target {name}",
        $"it is inherited from {one.DeclaringType!.Name} and {other.DeclaringType!.Name}",
        $"Declare 'public Target {name} => _ => _.Inherit<{one.DeclaringType.Name}>(x => x.{name});' in the build class, with what it shall do.");
}
