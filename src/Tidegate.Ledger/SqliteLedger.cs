using System.Text;
using Tidegate.Engine;

namespace Tidegate.Ledger;

/// <summary>The ledger in one SQLite file: every record a committed transaction that the disk has before it is acknowledged.</summary>
/// <remarks>
/// What is checked, and when. On opening: the file and its folder are this user's and plain, the file is a ledger of this project
/// and of a form that is known. On reading: the hash chain from the first record to the noted head, and that each fact is known. On
/// appending: the last record is the noted head. On both: nothing that was ever acknowledged is missing (see HeadMirror).
/// After a write failed, what the disk holds is unknown: this object then refuses everything, and a new run reads what is there.
/// </remarks>
public sealed class SqliteLedger : ILedger, IRecover
{
    /// <summary>The largest record, in bytes. A plan of 1,000 regions in three batches takes about 1.3 MiB.</summary>
    public const int LargestPayload = 2 * 1024 * 1024;

    private readonly LedgerFolder _folder;
    private readonly HeadMirror _mirror;
    private readonly FileFacts _identity;
    private readonly Ballast _ballast;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private LedgerConnection _connection;
    private LedgerRefusedException? _lost;

    private SqliteLedger(LedgerFolder folder, LedgerConnection connection, FileFacts identity, TimeProvider time)
    {
        _folder = folder;
        _connection = connection;
        _mirror = new HeadMirror(folder.File, folder.Heads);
        _ballast = new Ballast(folder.Root);
        _identity = identity;
        _time = time;
    }

    /// <summary>Opens the ledger, or begins one where there is none.</summary>
    /// <param name="path">The file, as an absolute path. Its folder is the ledger's alone: mode 0700, with locks and heads in it.</param>
    /// <param name="project">Whose ledger it is, for example <c>orders</c>: another project's is refused.</param>
    /// <exception cref="LedgerRefusedException">It is corrupt, foreign, open to others, or cannot be written.</exception>
    public static SqliteLedger Open(string path, string project, TimeProvider time)
    {
        if (!Path.IsPathFullyQualified(path)) throw new ArgumentException($"The ledger's path '{path}' is not absolute.", nameof(path));

        LedgerName.Checked(project);
        var folder = new LedgerFolder(Path.GetFullPath(path));
        folder.Prepare();
        var connection = LedgerConnection.Open(folder.File);
        try
        {
            if (LedgerSchema.IsEmpty(connection)) Begin(folder, connection, project, time);
            LedgerSchema.Check(connection, project);
            connection.MakeDurable();
            return new SqliteLedger(folder, connection, FileFacts.Of(folder.File) ?? throw LedgerRefusal.Replaced(folder.File), time);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<LedgerRecord>> ReadAsync(string stream, CancellationToken cancellationToken) => InTurnAsync(() =>
    {
        LedgerName.Checked(stream);
        var noted = _mirror.Read(stream);
        var records = _connection.InTransaction(write: false, () => LedgerRows.All(_connection, stream));
        _mirror.Check(stream, noted, HeadOf(records), sequence => records[(int)sequence - 1].Hash);
        return records;
    }, cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The stream's name is not allowed.</exception>
    public Task<AppendResult> AppendAsync(string stream, long expectedSequence, LedgerFact fact, CancellationToken cancellationToken) => InTurnAsync(() =>
    {
        LedgerName.Checked(stream);
        if (fact is LedgerFact.Planned { Plan.Steps.Count: > 0 }) _ballast.Reserve();
        var noted = _mirror.Read(stream);
        var result = _connection.InTransaction<AppendResult>(write: true, () =>
        {
            var head = LedgerRows.Head(_connection, stream);
            _mirror.Check(stream, noted, head, sequence => LedgerRows.HashOf(_connection, stream, sequence));
            if (head.Sequence != expectedSequence) return new AppendResult.Conflict(head.Sequence);

            var record = LedgerRecord.Next(stream, head.Sequence + 1, head.Hash, _time.GetUtcNow(), fact);
            var size = Encoding.UTF8.GetByteCount(record.Payload);
            if (size > LargestPayload) throw LedgerRefusal.TooLarge(_folder.File, stream, size);

            LedgerRows.Append(_connection, record);
            return new AppendResult.Appended(record);
        });

        if (result is AppendResult.Appended { Record: var record }) _mirror.Write(stream, new StreamHead(record.Sequence, record.Hash));
        return result;
    }, cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The environment's name is not allowed.</exception>
    public Task<LeaseResult> AcquireAsync(string environment, string owner, CancellationToken cancellationToken) => InTurnAsync<LeaseResult>(() =>
    {
        LedgerName.Checked(environment);
        var held = EnvironmentLock.TryTake(Path.Combine(_folder.Locks, environment + EnvironmentLock.Extension), owner, _time.GetUtcNow(), out var holder);
        if (held is null) return new LeaseResult.HeldBy(holder);

        try
        {
            return new LeaseResult.Granted(new EnvironmentLease(environment, NextGeneration(environment), held));
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync();
        _connection.Dispose();
        _turn.Dispose();
    }

    /// <inheritdoc/>
    void IRecover.Recover()
    {
        _ballast.Free();
        if (_lost is null) return;

        _connection.Dispose();
        _connection = LedgerConnection.Open(_folder.File);
        _connection.MakeDurable();
        _lost = null;
    }

    /// <summary>Where no number can be kept, it is the lock that counts: nothing that leads forward can be recorded
    /// then.</summary>
    private long NextGeneration(string environment)
    {
        try
        {
            return _connection.InTransaction(write: true, () => LedgerRows.NextGeneration(_connection, environment));
        }
        catch (LedgerRefusedException problem) when (problem.Problem.Code == LedgerRefusal.NotWrittenCode)
        {
            return 0;
        }
    }

    private static StreamHead HeadOf(IReadOnlyList<LedgerRecord> records) =>
        records is [.., var last] ? new StreamHead(last.Sequence, last.Hash) : StreamHead.None;

    /// <summary>Several processes may find an empty file at once: one of them makes the tables.</summary>
    private static void Begin(LedgerFolder folder, LedgerConnection connection, string project, TimeProvider time)
    {
        if (Directory.EnumerateFileSystemEntries(folder.Heads).Any()) throw LedgerRefusal.Behind(folder.File, "*", $"the ledger is empty, but {folder.Heads} tells of records.");

        connection.MakeDurable();
        connection.InTransaction(write: true, () =>
        {
            if (LedgerSchema.IsEmpty(connection)) LedgerSchema.Create(connection, project, time.GetUtcNow());
            return true;
        });
    }

    /// <summary>One at a time: a connection has one transaction. SQLite has no asynchronous calls, so the caller's thread does the work.</summary>
    private async Task<T> InTurnAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_lost is { } lost) throw new LedgerRefusedException(lost.Problem, lost);
            if (FileFacts.Of(_folder.File) is not { } now || (now.Device, now.Inode) != (_identity.Device, _identity.Inode)) throw LedgerRefusal.Replaced(_folder.File);

            return work();
        }
        catch (LedgerRefusedException problem) when (problem.Problem.Code == LedgerRefusal.NotWrittenCode)
        {
            _lost = problem;
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }
}
