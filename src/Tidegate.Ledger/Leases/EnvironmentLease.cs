using Tidegate.Engine;

namespace Tidegate.Ledger;

internal sealed class EnvironmentLease(string environment, long generation, EnvironmentLock held) : IEnvironmentLease
{
    public string Environment => environment;

    public long Generation => generation;

    public ValueTask DisposeAsync()
    {
        held.Dispose();
        return ValueTask.CompletedTask;
    }
}
