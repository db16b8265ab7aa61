using Tidegate.Engine;
using Tidegate.Engine.Simulation;

namespace Tidegate.Delivery.Tests.Delivery;

/// <summary>A ledger whose disk can be filled, and cleared again.</summary>
internal sealed class RefusingLedger(TimeProvider time) : ILedger
{
    private readonly MemoryLedger _ledger = new(time);

    public bool Full { get; set; }

    /// <summary>The newest fact that it took.</summary>
    public LedgerFact? Newest { get; private set; }

    public Task<IReadOnlyList<LedgerRecord>> ReadAsync(string stream, CancellationToken cancellationToken) =>
        _ledger.ReadAsync(stream, cancellationToken);

    public Task<AppendResult> AppendAsync(string stream, long expectedSequence, LedgerFact fact,
        CancellationToken cancellationToken) => Full
        ? throw new LedgerRefusedException(new("TG4010", "ledger.db", "the disk is full.", "make room"))
        : _ledger.AppendAsync(stream, expectedSequence, Newest = fact, cancellationToken);

    public Task<LeaseResult> AcquireAsync(string environment, string owner, CancellationToken cancellationToken) =>
        _ledger.AcquireAsync(environment, owner, cancellationToken);

    /// <summary>Outlives the runs, as a file does.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
