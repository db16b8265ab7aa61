using Tidegate.Engine;

namespace Tidegate.Ledger;

/// <summary>Records what leads back later where it cannot be recorded now: protecting users comes before the record of
/// it.</summary>
/// <remarks>
/// A record that is late has the place, and so the number, that it will have in the ledger: the last known one and one
/// more. A platform takes its effect as it takes any newer one. Until all of them are recorded, nothing that leads
/// forward is, so nobody else's effect can have the same number. What a run leaves behind lies in
/// <see cref="LateNotes"/>, and the next one records it first.
/// </remarks>
/// <param name="notes">Null: they live and die with this object.</param>
public sealed class LateLedger(ILedger ledger, LateNotes? notes, TimeProvider time) : ILedger
{
    private readonly List<LedgerRecord> _late = [.. notes?.Read() ?? []];
    private readonly Dictionary<string, LedgerRecord> _heads = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Release?> _runs = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private LedgerRefusedException? _refusal;

    /// <summary>The ledger of a file: as it is, without its reserve, or a copy of it where it can only be
    /// read.</summary>
    /// <exception cref="LedgerRefusedException">It cannot even be read.</exception>
    public static LateLedger Open(string path, string project, TimeProvider time) =>
        new(ReadOnlyLedger.OpenOrCopy(path, project, time), LateNotes.For(path), time);

    /// <summary>What was done and is not recorded, in words; null: nothing.</summary>
    public string? Unrecorded => _late.Count == 0 ? null :
        $"{_late.Count} record{(_late.Count == 1 ? "" : "s")} of it could not be written: {_refusal?.Problem}{Environment.NewLine}"
        + (notes?.Place is { } place ? $"They are kept in {place}; the next command records them."
            : "They are kept nowhere: look with Status before the next release.");

    /// <inheritdoc/>
    public Task<IReadOnlyList<LedgerRecord>> ReadAsync(string stream, CancellationToken cancellationToken) =>
        InTurnAsync(async () =>
    {
        await TryRecordAsync(cancellationToken);
        IReadOnlyList<LedgerRecord> all =
            [.. await ledger.ReadAsync(stream, cancellationToken), .. _late.Where(r => r.Stream == stream)];
        if (all is [.., var head]) _heads[stream] = head;
        _runs[stream] = ReleaseHistory.Fold(all).Runs is [.., var run] ? run.Release : null;
        return all;
    }, cancellationToken);

    /// <inheritdoc/>
    public Task<AppendResult> AppendAsync(string stream, long expectedSequence, LedgerFact fact,
        CancellationToken cancellationToken) => InTurnAsync(async () =>
    {
        var result =
            await TryAppendAsync(stream, expectedSequence, fact, cancellationToken)
            ?? await LaterAsync(stream, expectedSequence, fact);
        if (result is AppendResult.Appended { Record: var record })
        {
            _heads[stream] = record;
            _runs[stream] = After(_runs.GetValueOrDefault(stream), fact);
        }

        return result;
    }, cancellationToken);

    /// <inheritdoc/>
    public Task<LeaseResult> AcquireAsync(string environment, string owner, CancellationToken cancellationToken) =>
        ledger.AcquireAsync(environment, owner, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await TryRecordAsync(CancellationToken.None);
        await ledger.DisposeAsync();
        _turn.Dispose();
    }

    /// <summary>Null: the ledger refuses, and says why.</summary>
    private async Task<AppendResult?> TryAppendAsync(string stream, long expectedSequence, LedgerFact fact,
        CancellationToken cancellationToken)
    {
        try
        {
            if (!await TryRecordAsync(cancellationToken)) return null;
            return await ledger.AppendAsync(stream, expectedSequence, fact, cancellationToken);
        }
        catch (LedgerRefusedException refusal)
        {
            _refusal = refusal;
            return null;
        }
    }

    private async Task<AppendResult> LaterAsync(string stream, long expectedSequence, LedgerFact fact)
    {
        var head = _heads.GetValueOrDefault(stream);
        if (!LateFacts.MayBe(_runs.GetValueOrDefault(stream), fact))
        {
            throw new LedgerRefusedException(_refusal!.Problem, _refusal);
        }
        if ((head?.Sequence ?? 0) != expectedSequence) return new AppendResult.Conflict(head?.Sequence ?? 0);

        var record =
            LedgerRecord.Next(stream, expectedSequence + 1, head?.Hash ?? LedgerRecord.Genesis, time.GetUtcNow(), fact);
        _late.Add(record);
        notes?.Keep(_late);
        await TryRecordAsync(CancellationToken.None);
        return new AppendResult.Appended(record);
    }

    /// <summary>Records what is late, as far as it can. True: nothing is late any more.</summary>
    private async Task<bool> TryRecordAsync(CancellationToken cancellationToken)
    {
        if (_late.Count == 0) return true;
        try
        {
            (ledger as IRecover)?.Recover();
            while (_late is [var record, ..])
            {
                var result = await ledger.AppendAsync(record.Stream, record.Sequence - 1, record.Fact(), cancellationToken);
                if (result is AppendResult.Conflict) await MustHoldAsync(record, cancellationToken);
                _late.RemoveAt(0);
                notes?.Keep(_late);
            }

            return true;
        }
        catch (LedgerRefusedException refusal)
        {
            _refusal = refusal;
            return false;
        }
    }

    /// <summary>A write that failed may have been durable all the same.</summary>
    private async Task MustHoldAsync(LedgerRecord late, CancellationToken cancellationToken)
    {
        var records = await ledger.ReadAsync(late.Stream, cancellationToken);
        if (records.ElementAtOrDefault((int)late.Sequence - 1)?.Payload != late.Payload)
        {
            throw LedgerRefusal.LateUnfit(
                notes?.Place ?? "memory",
                $"record {late.Sequence} of '{late.Stream}' was to follow record {late.Sequence - 1}, "
                + $"and the ledger ends with {records.Count}.");
        }
    }

    private static Release? After(Release? run, LedgerFact fact) => fact switch
    {
        LedgerFact.Planned planned => Release.Begin(planned.Plan, planned.Because),
        LedgerFact.Happened happened when run is not null => ReleaseMachine.Evolve(run, happened.Event),
        _ => run,
    };

    private async Task<T> InTurnAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await work();
        }
        finally
        {
            _turn.Release();
        }
    }
}
