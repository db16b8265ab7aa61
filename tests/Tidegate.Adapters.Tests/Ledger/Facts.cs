namespace Tidegate.Adapters.Tests.Ledger;

internal static class Facts
{
    public static LedgerFact Intent(int number) => new LedgerFact.Intended($"operation-{number}", null);
}
