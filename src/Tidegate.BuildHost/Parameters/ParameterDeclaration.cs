using System.Reflection;
using Nuke.Common;
using Nuke.Common.ProjectModel;
using Nuke.Common.Utilities;
using Nuke.Common.ValueInjection;

namespace Tidegate.BuildHost.Parameters;

/// <summary>A parameter as a member of the build declares it.</summary>
internal sealed class ParameterDeclaration
{
    private ParameterDeclaration(MemberInfo member, ParameterAttribute attribute, Type type)
    {
        Member = member;
        Attribute = attribute;
        Type = type;
        var prefix = member.DeclaringType is { IsInterface: true } owner ? owner.GetCustomAttribute<ParameterPrefixAttribute>()?.Prefix : null;
        FullName = prefix + (attribute.Name ?? member.Name);
        Plain = ParameterName.Plain(FullName);
        IsSecret = member.IsDefined(typeof(SecretAttribute));
    }

    public MemberInfo Member { get; }
    public ParameterAttribute Attribute { get; }
    public Type Type { get; }
    public string FullName { get; }
    public string Plain { get; }
    public bool IsSecret { get; }
    public string Dashed => ParameterName.Dashed(FullName);
    public bool IsRequired => Member.IsDefined(typeof(RequiredAttribute));
    public char? Separator => Attribute.Separator is { Length: > 0 } text ? text[0] : null;

    public static ParameterDeclaration Of(MemberInfo member, ParameterAttribute attribute) => new(member, attribute, attribute.GivenType(member));

    /// <summary>The texts that may be given; null when anything goes.</summary>
    public IEnumerable<string> AllowedTexts(object build)
    {
        if (Attribute.ValueProviderMember is not { } name)
            return ValueConverter.AllowedTexts(Type.GetScalarType());
        var owner = Attribute.ValueProviderType ?? Member.DeclaringType;
        var provider = owner.GetMember(name, ReflectionUtility.All).FirstOrDefault()
            ?? throw new ArgumentException($"'{owner.Name}' has no member '{name}', which [Parameter] on '{Member.Name}' names.");
        return provider.GetValue<IEnumerable<string>>(owner.IsInstanceOfType(build) ? build : null);
    }
}

/// <summary>A member of the build with the attribute that fills it.</summary>
internal sealed record Injected(MemberInfo Member, ValueInjectionAttributeBase Attribute)
{
    /// <summary>Filled before the build is created; others when it is planned. A solution is read from a file, so it waits.</summary>
    public bool IsEarly => Attribute is ParameterAttribute and not SolutionAttribute;
}
