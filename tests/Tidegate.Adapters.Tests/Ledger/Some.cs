namespace Tidegate.Adapters.Tests.Ledger;

internal static class Some
{
    public static LedgerFact Intent(int number) => new LedgerFact.Intended($"operation-{number}", null);
}
