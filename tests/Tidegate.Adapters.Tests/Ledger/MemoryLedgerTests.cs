using Tidegate.Engine;
using Tidegate.Engine.Simulation;

namespace Tidegate.Adapters.Tests.Ledger;

/// <summary>What the dry run and the engine's tests stand on keeps the same promises as the real ledger.</summary>
public sealed class MemoryLedgerTests : LedgerContract
{
    protected override ILedger Open() => new MemoryLedger(TimeProvider.System);
}
