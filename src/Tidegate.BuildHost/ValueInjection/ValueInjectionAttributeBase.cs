using System.Reflection;
using Nuke.Common.Utilities;
using Serilog;

namespace Nuke.Common.ValueInjection;

/// <summary>Fills a member of the build with a value from somewhere. What it throws becomes a warning and the member stays as it was.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public abstract class ValueInjectionAttributeBase : Attribute
{
    public INukeBuild Build { get; internal set; }

    /// <summary>Higher ones are injected first. Default: 0.</summary>
    public virtual int Priority => 0;

    public virtual bool SuppressWarnings => false;

    public abstract object GetValue(MemberInfo member, object instance);

    public object TryGetValue(MemberInfo member, object instance)
    {
        try
        {
            return GetValue(member, instance);
        }
        catch (Exception exception) when (exception is not Tidegate.BuildHost.Execution.UsageException)
        {
            if (!SuppressWarnings && !member.IsDefined(typeof(OptionalAttribute)))
                Log.Warning("Could not find a value for {Member}: {Reason}", member.Name, exception.Unwrap().Message);
            return null;
        }
    }

    protected T GetMemberValue<T>(string memberName, object instance)
    {
        var member = FindMember(memberName, instance)
            ?? throw new ArgumentException($"'{instance.GetType().Name}' has no member '{memberName}'.", nameof(memberName));
        return member.GetValue<T>(instance);
    }

    protected T GetMemberValueOrNull<T>(string memberName, object instance) =>
        FindMember(memberName, instance) is { } member ? member.GetValue<T>(instance) : default;

    private static MemberInfo FindMember(string name, object instance)
    {
        var type = instance.GetType();
        return type.GetMember(name, ReflectionUtility.All | BindingFlags.FlattenHierarchy).FirstOrDefault()
            ?? type.GetInterfaces().Select(candidate => candidate.GetProperty(name)).FirstOrDefault(property => property != null);
    }
}
