using System.Reflection;
using Nuke.Common;
using Nuke.Common.Utilities;
using Nuke.Common.ValueInjection;

namespace Tidegate.BuildHost.Parameters;

/// <summary>All members that are filled from outside: of the class, its bases, then its interfaces, in order of declaration.</summary>
internal sealed class ParameterCatalog
{
    public ParameterCatalog(Type build)
    {
        var members = new List<Injected>();
        for (var type = build; type is not null && type != typeof(NukeBuild) && type != typeof(object); type = type.BaseType)
        {
            Take(type.GetFields(ReflectionUtility.All | BindingFlags.DeclaredOnly), members);
            Take(type.GetProperties(ReflectionUtility.All | BindingFlags.DeclaredOnly), members);
        }

        ClassMembers = [.. members];
        foreach (var component in build?.GetInterfaces() ?? [])
        {
            if (component != typeof(INukeBuild))
                Take(component.GetProperties(), members);
        }

        All = members;
        Parameters = [.. members
            .Where(member => member.Attribute is ParameterAttribute)
            .Select(member => ParameterDeclaration.Of(member.Member, (ParameterAttribute)member.Attribute))];
    }

    public IReadOnlyList<Injected> All { get; }

    /// <summary>Those that get their value by injection; members of interfaces ask for theirs.</summary>
    public IReadOnlyList<Injected> ClassMembers { get; }

    /// <summary>Several may share one name and value.</summary>
    public IReadOnlyList<ParameterDeclaration> Parameters { get; }

    private static void Take(IEnumerable<MemberInfo> declared, List<Injected> members)
    {
        foreach (var member in declared)
        {
            if (member.GetCustomAttribute<ValueInjectionAttributeBase>(inherit: true) is { } attribute)
                members.Add(new Injected(member, attribute));
        }
    }
}
