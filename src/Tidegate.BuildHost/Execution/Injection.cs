using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using Nuke.Common;
using Nuke.Common.Utilities;
using Nuke.Common.ValueInjection;
using Tidegate.BuildHost.Parameters;

namespace Tidegate.BuildHost.Execution;

/// <summary>Fills members: of the class before and after planning, of interfaces when they ask.</summary>
internal sealed class Injection(BuildSession session)
{
    private readonly ConcurrentDictionary<MemberInfo, object> _known = [];

    public void Parameters(NukeBuild build)
    {
        foreach (var injected in session.Catalog.ClassMembers.Where(injected => injected.IsEarly))
            Fill(injected, build);
    }

    /// <summary>Those marked as on demand only when a planned target requires them.</summary>
    public void Others(NukeBuild build)
    {
        var required = build.ExecutionPlan.SelectMany(target => target.DelegateRequirements)
            .Select(requirement => Requirements.MemberOf(requirement)?.Name).ToHashSet();
        var allOnDemand = session.BuildType.IsDefined(typeof(OnDemandValueInjectionAttribute), inherit: true);
        foreach (var injected in session.Catalog.ClassMembers.Where(injected => !injected.IsEarly).OrderByDescending(injected => injected.Attribute.Priority))
        {
            var onDemand = allOnDemand || injected.Member.IsDefined(typeof(OnDemandAttribute));
            if (!onDemand || required.Contains(injected.Member.Name))
                Fill(injected, build);
        }
    }

    public T Lazily<T>(LambdaExpression expression, NukeBuild build)
    {
        var member = expression.GetMemberInfo();
        if (_known.TryGetValue(member, out var value))
            return (T)value;
        var attribute = member.GetCustomAttribute<ValueInjectionAttributeBase>(inherit: true)
            ?? throw new ArgumentException($"'{member.DeclaringType?.Name}.{member.Name}' has no attribute that gives it a value, such as [Parameter].", nameof(expression));
        value = ValueOf(new Injected(member, attribute), build);
        if (value is not null)
            _known[member] = value;
        return value is null ? default : (T)value;
    }

    private static void Fill(Injected injected, NukeBuild build)
    {
        if (ValueOf(injected, build) is { } value)
            injected.Member.SetValue(build, value);
    }

    private static object ValueOf(Injected injected, NukeBuild build)
    {
        injected.Attribute.Build = build;
        return injected.Attribute.TryGetValue(injected.Member, build);
    }
}
