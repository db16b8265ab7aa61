namespace Tidegate.Engine.Simulation;

/// <summary>A ledger that forgets when the process ends: for dry runs and tests. Same chain, same rules.</summary>
/// <param name="hashed">Facts become JSON and are chained, as a durable ledger's do. False: kept as they are.</param>
public sealed class MemoryLedger(TimeProvider time, bool hashed = true) : ILedger
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<LedgerRecord>> _streams = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Owner, long Generation, bool Held)> _leases = new(StringComparer.Ordinal);

    public Task<IReadOnlyList<LedgerRecord>> ReadAsync(string stream, CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult<IReadOnlyList<LedgerRecord>>([.. Of(stream)]);
    }

    public Task<AppendResult> AppendAsync(string stream, long expectedSequence, LedgerFact fact, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var records = Of(stream);
            if (records.Count != expectedSequence) return Task.FromResult<AppendResult>(new AppendResult.Conflict(records.Count));

            var (next, now) = (expectedSequence + 1, time.GetUtcNow());
            var record = hashed
                ? LedgerRecord.Next(stream, next, records.Count == 0 ? LedgerRecord.Genesis : records[^1].Hash, now, fact)
                : LedgerRecord.Unproved(stream, next, now, fact);
            records.Add(record);
            return Task.FromResult<AppendResult>(new AppendResult.Appended(record));
        }
    }

    public Task<LeaseResult> AcquireAsync(string environment, string owner, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var known = _leases.GetValueOrDefault(environment);
            if (known.Held) return Task.FromResult<LeaseResult>(new LeaseResult.HeldBy(known.Owner));

            _leases[environment] = (owner, known.Generation + 1, true);
            return Task.FromResult<LeaseResult>(new LeaseResult.Granted(new Lease(this, environment, known.Generation + 1)));
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private List<LedgerRecord> Of(string stream)
    {
        if (!_streams.TryGetValue(stream, out var records)) _streams[stream] = records = [];
        return records;
    }

    private sealed class Lease(MemoryLedger ledger, string environment, long generation) : IEnvironmentLease
    {
        public string Environment => environment;

        public long Generation => generation;

        public ValueTask DisposeAsync()
        {
            // Only the holder's own: whoever disposes an old lease twice must not free the next one.
            lock (ledger._gate)
            {
                if (ledger._leases[environment].Generation == generation) ledger._leases[environment] = ledger._leases[environment] with { Held = false };
            }

            return ValueTask.CompletedTask;
        }
    }
}
