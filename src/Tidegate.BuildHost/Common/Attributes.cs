namespace Nuke.Common;

/// <summary>The value is never shown: not on the console, not in a log, not in a job's summary.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public class SecretAttribute : Attribute;

/// <summary>Needed by every target: checked before anything runs.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public class RequiredAttribute : Attribute;

/// <summary>No warning when the value could not be found.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public class OptionalAttribute : Attribute;

/// <summary>Injected only when a planned target requires the member.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public class OnDemandAttribute : Attribute;

/// <summary>As <see cref="OnDemandAttribute"/>, for all members of the build.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Interface)]
public class OnDemandValueInjectionAttribute : Attribute;

/// <summary>Goes before the name of every parameter that the interface itself declares.</summary>
[AttributeUsage(AttributeTargets.Interface)]
public class ParameterPrefixAttribute(string prefix) : Attribute
{
    public string Prefix { get; } = prefix.EndsWith("Prefix", StringComparison.Ordinal) ? prefix[..^"Prefix".Length] : prefix;
}

/// <summary>Leaves out parts of the output; without arguments, all of them.</summary>
[AttributeUsage(AttributeTargets.Class)]
public class DisableDefaultOutputAttribute(params DefaultOutput[] disabledOutputs) : Attribute
{
    public DefaultOutput[] DisabledOutputs { get; } = disabledOutputs.Length > 0 ? disabledOutputs : Enum.GetValues<DefaultOutput>();

    public virtual bool IsApplicable(INukeBuild build) => true;
}
