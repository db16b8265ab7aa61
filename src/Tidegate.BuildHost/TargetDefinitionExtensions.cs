using Nuke.Common;

namespace Tidegate.BuildHost;

/// <summary>
/// Actions that get a token, which NUKE does not have: <c>using Tidegate.BuildHost;</c> and <c>.Executes(async token => …)</c>. The
/// token is <see cref="BuildSignals.Stopping"/>; a target that ends by it counts as aborted, and assured targets still run.
/// </summary>
public static class TargetDefinitionExtensions
{
    /// <summary>What the target does; it ends early when the token is cancelled.</summary>
    public static ITargetDefinition Executes(this ITargetDefinition definition, Action<CancellationToken> action) =>
        definition.Executes(() => action(BuildSignals.Stopping));

    /// <inheritdoc cref="Executes(ITargetDefinition, Action{CancellationToken})"/>
    public static ITargetDefinition Executes(this ITargetDefinition definition, Func<CancellationToken, Task> action) =>
        definition.Executes(() => action(BuildSignals.Stopping));
}
