using System.Text.RegularExpressions;
using Tidegate.Engine;

namespace Tidegate.Testing;

/// <summary>A ledger with a memory and nothing else: the same chain and the same answers as the real one.</summary>
public sealed partial class InMemoryLedger(TimeProvider time) : ILedger
{
    private readonly Lock _turn = new();
    private readonly Dictionary<string, List<LedgerRecord>> _streams = [];
    private readonly Dictionary<string, string> _holders = [];
    private readonly Dictionary<string, long> _generations = [];

    /// <summary>Asked before each append, with the stream and the fact: a problem makes the ledger refuse it.</summary>
    public Func<string, LedgerFact, Problem?> Refuse { get; set; } = (_, _) => null;

    /// <summary>What a stream holds now.</summary>
    public IReadOnlyList<LedgerRecord> this[string stream]
    {
        get { lock (_turn) return [.. _streams.GetValueOrDefault(stream) ?? []]; }
    }

    public Task<IReadOnlyList<LedgerRecord>> ReadAsync(string stream, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(this[Checked(stream)]);
    }

    public Task<AppendResult> AppendAsync(string stream, long expectedSequence, LedgerFact fact, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Checked(stream);
        lock (_turn)
        {
            if (Refuse(stream, fact) is { } problem) throw new LedgerRefusedException(problem);

            if (!_streams.TryGetValue(stream, out var records)) records = _streams[stream] = [];
            if (records.Count != expectedSequence) return Task.FromResult<AppendResult>(new AppendResult.Conflict(records.Count));

            var record = LedgerRecord.Next(stream, records.Count + 1, records.Count == 0 ? LedgerRecord.Genesis : records[^1].Hash, time.GetUtcNow(), fact);
            records.Add(record);
            return Task.FromResult<AppendResult>(new AppendResult.Appended(record));
        }
    }

    public Task<LeaseResult> AcquireAsync(string environment, string owner, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Checked(environment);
        lock (_turn)
        {
            if (_holders.TryGetValue(environment, out var holder)) return Task.FromResult<LeaseResult>(new LeaseResult.HeldBy(holder));

            _holders[environment] = owner;
            var generation = _generations[environment] = _generations.GetValueOrDefault(environment) + 1;
            return Task.FromResult<LeaseResult>(new LeaseResult.Granted(new Lease(this, environment, generation)));
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static string Checked(string name) =>
        Name().IsMatch(name) ? name : throw new ArgumentException($"'{name}' is no name.", nameof(name));

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{0,62}\z")]
    private static partial Regex Name();

    private sealed class Lease(InMemoryLedger ledger, string environment, long generation) : IEnvironmentLease
    {
        private bool _ended;

        public string Environment => environment;

        public long Generation => generation;

        public ValueTask DisposeAsync()
        {
            lock (ledger._turn)
            {
                if (!_ended) ledger._holders.Remove(environment);
                _ended = true;
            }

            return ValueTask.CompletedTask;
        }
    }
}
