namespace Tidegate.Engine;

/// <summary>One stream of the ledger in the hands of the run that holds its lease.</summary>
/// <param name="sequence">Of its newest record; 0 when it is empty.</param>
/// <param name="run">Where the stage run that is gone on with begins in it; 0: the next plan begins one.</param>
public sealed class ReleaseJournal(ILedger ledger, string stream, long sequence, long run = 0)
{
    public string Stream => stream;

    /// <summary>Appends, and returns the record's sequence.</summary>
    /// <remarks>Not cancellable: what happened must be written down even while the run is being stopped.</remarks>
    /// <exception cref="LeaseLostException">Another run wrote to this stream: this one has lost its lease.</exception>
    public async Task<long> AppendAsync(LedgerFact fact)
    {
        var result = await ledger.AppendAsync(stream, sequence, fact, CancellationToken.None);
        sequence = result switch
        {
            AppendResult.Appended appended => appended.Record.Sequence,
            AppendResult.Conflict conflict => throw new LeaseLostException(stream, conflict.Sequence),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        if (fact is LedgerFact.Planned) run = sequence;
        return sequence;
    }

    /// <summary>The rollout of an earlier stage run of this stream, folded from its windows; null where it recorded none.</summary>
    /// <param name="earlier">The sequence at which that run was planned.</param>
    public async Task<Rollout?> CarriedAsync(long earlier, CancellationToken cancellationToken)
    {
        var planned = (await ledger.ReadAsync(stream, cancellationToken)).FirstOrDefault(r => r.Sequence == earlier)?.Fact() as LedgerFact.Planned;
        if (planned?.Plan.Rollout is not { } plan) return null;
        return RolloutRecord.Fold(await ledger.ReadAsync(ComparisonRecord.Stream(stream, earlier), cancellationToken), plan, carried: null);
    }

    /// <summary>How much colder instances may start here, by the newest releases that stayed; null: none has told.</summary>
    public async Task<StartProfile?> StartsAsync(CancellationToken cancellationToken) =>
        ReleaseHistory.Fold(await ledger.ReadAsync(stream, cancellationToken)).Starts;

    /// <summary>The stream of this run's windows, with what it holds already.</summary>
    public async Task<(ReleaseJournal Journal, IReadOnlyList<LedgerRecord> Records)> WindowsAsync(CancellationToken cancellationToken)
    {
        var windows = ComparisonRecord.Stream(stream, run);
        var records = await ledger.ReadAsync(windows, cancellationToken);
        return (new ReleaseJournal(ledger, windows, records.Count), records);
    }
}

/// <summary>Another run has taken the environment. This one must have no more effects. Exit 41.</summary>
public sealed class LeaseLostException(string environment, long sequence)
    : Exception($"Another run wrote record {sequence} of '{environment}' meanwhile; this run stops without any further effect.");
