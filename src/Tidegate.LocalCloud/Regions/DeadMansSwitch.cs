using Tidegate.LocalCloud.Contract;

namespace Tidegate.LocalCloud.Regions;

/// <summary>How long a region may go without anybody who watches it, on a clock that cannot be set.</summary>
/// <remarks>It begins anew with the cloud: while that was down no request was served, and whoever still watches
/// confirms within the time.</remarks>
internal sealed class DeadMansSwitch(TimeProvider time)
{
    private long _confirmed = time.GetTimestamp();

    public void Confirm() => _confirmed = time.GetTimestamp();

    public bool IsOver(UnwatchedDesired? rule) =>
        rule is not null && time.GetElapsedTime(_confirmed) >= TimeSpan.FromSeconds(rule.AfterSeconds);
}
