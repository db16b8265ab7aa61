namespace Nuke.Common;

/// <summary>A step of a build: a property <c>Target Compile => _ => _.Executes(…)</c>, told apart by delegate equality.</summary>
public delegate ITargetDefinition Target(ITargetDefinition definition);

/// <summary>The first half of a context: runs before every target that depends on the context.</summary>
public delegate ITargetDefinition Setup(ITargetDefinition definition);

/// <summary>The second half of a context: runs after them, also when one of them failed.</summary>
public delegate ITargetDefinition Cleanup(ITargetDefinition definition);
