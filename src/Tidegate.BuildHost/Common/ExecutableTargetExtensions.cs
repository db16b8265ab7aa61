using Nuke.Common.Execution;

namespace Nuke.Common;

public static class ExecutableTargetExtensions
{
    /// <summary><c>SucceededTargets.Contains(Compile)</c></summary>
    public static bool Contains(this IEnumerable<ExecutableTarget> targets, Target target) => targets.Any(candidate => candidate.Is(target));
    public static bool Contains(this IEnumerable<ExecutableTarget> targets, Setup target) => targets.Any(candidate => candidate.Is(target));
    public static bool Contains(this IEnumerable<ExecutableTarget> targets, Cleanup target) => targets.Any(candidate => candidate.Is(target));
}
