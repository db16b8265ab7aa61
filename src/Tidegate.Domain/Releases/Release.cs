namespace Tidegate;

/// <summary>One stage of one release: its plan, which never changes, and where it stands.</summary>
public sealed record Release(ReleasePlan Plan, ReleaseState State)
{
    /// <summary>Where a plan begins: with its first step, or with going back when it has none.</summary>
    public static Release Begin(ReleasePlan plan, string because = "asked for") => new(plan, plan switch
    {
        { Steps.Count: > 0 } => ReleaseMachine.Enter(plan, 0, []),
        { Before.Count: 0, RemoveAfter: false } => new ReleaseState.RolledBack(because),
        _ => new ReleaseState.RollingBack(0, 1, because, null),
    });
}
