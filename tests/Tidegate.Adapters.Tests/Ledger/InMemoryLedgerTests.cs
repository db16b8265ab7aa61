using Tidegate.Engine;
using Tidegate.Testing;

namespace Tidegate.Adapters.Tests.Ledger;

public sealed class InMemoryLedgerTests : LedgerContract
{
    protected override ILedger Open() => new InMemoryLedger(TimeProvider.System);
}
