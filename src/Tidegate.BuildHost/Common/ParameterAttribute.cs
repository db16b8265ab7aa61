using System.Reflection;
using Nuke.Common.Utilities;
using Nuke.Common.ValueInjection;
using Tidegate.BuildHost.Execution;
using Tidegate.BuildHost.Parameters;

namespace Nuke.Common;

/// <summary>
/// A value from outside. Asked in this order: command line, environment, profiles (the last first), <c>.nuke/parameters.json</c>,
/// the member's own initial value.
/// </summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public class ParameterAttribute(string description = null) : ValueInjectionAttributeBase
{
    public virtual string Description { get; } = description;

    /// <summary>Another name than the member's.</summary>
    public string Name { get; set; }

    /// <summary>One character that parts the elements of a list given as one text.</summary>
    public string Separator { get; set; }

    /// <summary>Whether the help shows it. Default: true.</summary>
    public virtual bool List { get; set; } = true;

    /// <summary>Where <see cref="ValueProviderMember"/> lies, if not in the build class.</summary>
    public Type ValueProviderType { get; set; }

    /// <summary>A member that yields the texts that are allowed.</summary>
    public string ValueProviderMember { get; set; }

    /// <summary>The type that what is given converts to; the member's own, unless the attribute makes something else of it.</summary>
    internal virtual Type GivenType(MemberInfo member) => member.GetMemberType();

    public override object GetValue(MemberInfo member, object instance) =>
        BuildSession.Current.Parameters.Resolve(ParameterDeclaration.Of(member, this));

    public virtual IEnumerable<(string Text, object Object)> GetValueSet(MemberInfo member, object instance) =>
        ParameterDeclaration.Of(member, this).AllowedTexts(instance)?.Select(text => (text, (object)text));
}
