using System.Diagnostics;
using System.Linq.Expressions;
using System.Reflection;
using Nuke.Common.Tooling;
using Nuke.Common.Utilities.Collections;

namespace Nuke.Common.Execution;

/// <summary>A target as discovered and planned.</summary>
[DebuggerDisplay("{Name} {Status}")]
public class ExecutableTarget
{
    public ExecutableTarget() { }

    public string Name { get; set; }
    public string Description { get; set; }
    public bool Listed { get; set; } = true;
    public MemberInfo Member { get; set; }
    public Delegate Factory { get; set; }
    public ExecutionStatus Status { get; set; }
    public TimeSpan Duration { get; internal set; }

    /// <summary>From the beginning of the run to that of the target; null when it did not run.</summary>
    internal TimeSpan? Began { get; set; }

    /// <summary>What ended it, or null.</summary>
    internal Exception Failure { get; set; }

    /// <summary>Named on the command line.</summary>
    public bool Invoked { get; set; }
    public bool IsDefault { get; set; }

    public List<Action> Actions { get; } = [];
    public List<(string Text, Func<bool> Delegate)> StaticConditions { get; } = [];
    public List<(string Text, Func<bool> Delegate)> DynamicConditions { get; } = [];
    public List<LambdaExpression> DelegateRequirements { get; } = [];
    public List<ToolRequirement> ToolRequirements { get; } = [];
    public DependencyBehavior DependencyBehavior { get; internal set; }
    public bool AssuredAfterFailure { get; internal set; }
    public bool ProceedAfterFailure { get; internal set; }

    public List<ExecutableTarget> ExecutionDependencies { get; } = [];
    public List<ExecutableTarget> OrderDependencies { get; } = [];
    public List<ExecutableTarget> TriggerDependencies { get; } = [];
    public List<ExecutableTarget> Triggers { get; } = [];

    /// <summary>Everything that goes before this one if it runs at all.</summary>
    public IReadOnlyCollection<ExecutableTarget> AllDependencies =>
        [.. ExecutionDependencies.Concat(OrderDependencies).Concat(TriggerDependencies).Distinct()];

    public int? PartitionSize { get; set; }
    public List<string> ArtifactProducts { get; } = [];
    public LookupTable<ExecutableTarget, string> ArtifactDependencies { get; } = new();

    /// <summary>Notes behind the target's line in the summary.</summary>
    public Dictionary<string, string> SummaryInformation { get; } = [];

    /// <summary>Why it was skipped, or null.</summary>
    public string Skipped
    {
        get => SummaryInformation.GetValueOrDefault(nameof(Skipped));
        set => SummaryInformation[nameof(Skipped)] = value;
    }

    /// <summary>The condition that did not hold, or null.</summary>
    public string OnlyWhen
    {
        get => SummaryInformation.GetValueOrDefault(nameof(OnlyWhen));
        set => SummaryInformation[nameof(OnlyWhen)] = value;
    }

    /// <summary>Delegates of base interfaces that this target hides: the same target under another name.</summary>
    internal List<Delegate> Aliases { get; } = [];

    internal bool IsChosen => Invoked || IsDefault;

    internal bool Is(Delegate factory) => Factory.Equals(factory) || Aliases.Contains(factory);
}
