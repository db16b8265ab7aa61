namespace Tidegate.Ledger;

/// <summary>A ledger that can begin anew with what the disk holds, after a write failed.</summary>
internal interface IRecover
{
    /// <summary>Gives up the space that was kept for this, and reads anew. What was acknowledged is there; what was not
    /// may be.</summary>
    void Recover();
}
