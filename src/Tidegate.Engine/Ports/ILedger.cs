namespace Tidegate.Engine;

/// <summary>The durable, append-only record of every release. A record that was acknowledged survives the machine's loss of power.</summary>
public interface ILedger : IAsyncDisposable
{
    /// <summary>All of a stream, verified from its first record on.</summary>
    /// <exception cref="LedgerRefusedException">A record was changed, is missing or cannot be read.</exception>
    Task<IReadOnlyList<LedgerRecord>> ReadAsync(string stream, CancellationToken cancellationToken);

    /// <summary>Adds one fact behind the record with <paramref name="expectedSequence"/> (0 for an empty stream).</summary>
    /// <exception cref="LedgerRefusedException">It could not be made durable: then nothing may be done that it announces.</exception>
    Task<AppendResult> AppendAsync(string stream, long expectedSequence, LedgerFact fact, CancellationToken cancellationToken);

    /// <summary>Takes an environment for this process, or says who has it. Never waits.</summary>
    Task<LeaseResult> AcquireAsync(string environment, string owner, CancellationToken cancellationToken);
}

public abstract record AppendResult
{
    private AppendResult() { }

    public sealed record Appended(LedgerRecord Record) : AppendResult;

    /// <summary>Somebody else wrote meanwhile.</summary>
    public sealed record Conflict(long Sequence) : AppendResult;
}

public abstract record LeaseResult
{
    private LeaseResult() { }

    public sealed record Granted(IEnvironmentLease Lease) : LeaseResult;

    /// <param name="Owner">Who, as told when they took it.</param>
    public sealed record HeldBy(string Owner) : LeaseResult;
}

/// <summary>The right to change an environment. Ends with <see cref="IAsyncDisposable.DisposeAsync"/> or with the process.</summary>
public interface IEnvironmentLease : IAsyncDisposable
{
    string Environment { get; }

    /// <summary>Rises each time the environment is taken.</summary>
    long Generation { get; }
}

/// <summary>The ledger is corrupt, foreign or cannot be written: no effect may follow. Exit 40.</summary>
public sealed class LedgerRefusedException(Problem problem, Exception? inner = null) : Exception(problem.ToString(), inner)
{
    public Problem Problem { get; } = problem;
}
