using Nuke.Common.Tooling;

namespace Nuke.Common;

/// <summary>A tool that the build or component needs.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Interface, AllowMultiple = true)]
public abstract class RequiresAttribute : Attribute
{
    public abstract ToolRequirement GetRequirement();
}

/// <inheritdoc/>
public class RequiresAttribute<T> : RequiresAttribute
    where T : IRequireTool
{
    public string Version { get; set; }

    public override ToolRequirement GetRequirement() => ToolRequirement.For(typeof(T), Version);
}
