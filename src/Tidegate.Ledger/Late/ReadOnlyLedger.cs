using Tidegate.Engine;

namespace Tidegate.Ledger;

/// <summary>A ledger that can be read and not written: what it holds is read from a copy, and nothing is
/// added.</summary>
internal sealed class ReadOnlyLedger : ILedger
{
    private readonly SqliteLedger _copy;
    private readonly string _folder;
    private readonly LedgerFolder _original;
    private readonly LedgerRefusedException _because;
    private readonly TimeProvider _time;

    private ReadOnlyLedger(SqliteLedger copy, string folder, LedgerFolder original, LedgerRefusedException because,
        TimeProvider time) =>
        (_copy, _folder, _original, _because, _time) = (copy, folder, original, because, time);

    /// <summary>The ledger itself, if need be without its reserve; otherwise a copy, where there is something to
    /// copy.</summary>
    public static ILedger OpenOrCopy(string path, string project, TimeProvider time)
    {
        try
        {
            return SqliteLedger.Open(path, project, time);
        }
        catch (LedgerRefusedException refusal)
            when (refusal.Problem.Code == LedgerRefusal.NotWrittenCode && File.Exists(path))
        {
            new Ballast(Path.GetDirectoryName(path)!).Free();
            return (ILedger?)TryOpen(path, project, time) ?? Copy(path, project, refusal, time);
        }
    }

    public Task<IReadOnlyList<LedgerRecord>> ReadAsync(string stream, CancellationToken cancellationToken) =>
        _copy.ReadAsync(stream, cancellationToken);

    public Task<AppendResult> AppendAsync(string stream, long expectedSequence, LedgerFact fact,
        CancellationToken cancellationToken) =>
        Task.FromException<AppendResult>(new LedgerRefusedException(_because.Problem, _because));

    /// <summary>The lock is that of the ledger itself: whoever can write it must see it too.</summary>
    public Task<LeaseResult> AcquireAsync(string environment, string owner, CancellationToken cancellationToken)
    {
        var file = Path.Combine(_original.Locks, LedgerName.Checked(environment) + EnvironmentLock.Extension);
        return Task.FromResult<LeaseResult>(
            EnvironmentLock.TryTake(file, owner, _time.GetUtcNow(), out var holder) is { } held
            ? new LeaseResult.Granted(new EnvironmentLease(environment, 0, held))
            : new LeaseResult.HeldBy(holder));
    }

    public async ValueTask DisposeAsync()
    {
        await _copy.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        Elsewhere.Tidy(Path.GetDirectoryName(_folder)!);
    }

    private static SqliteLedger? TryOpen(string path, string project, TimeProvider time)
    {
        try
        {
            return SqliteLedger.Open(path, project, time);
        }
        catch (LedgerRefusedException)
        {
            return null;
        }
    }

    private static ReadOnlyLedger Copy(string path, string project, LedgerRefusedException because, TimeProvider time)
    {
        var original = new LedgerFolder(Path.GetFullPath(path));
        foreach (var place in Elsewhere.FoldersFor(original.File))
        {
            var folder = Path.Combine(place, $"copy-{Environment.ProcessId}");
            try
            {
                Elsewhere.Make(place);
                if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
                Elsewhere.Make(folder);
                Elsewhere.Make(Path.Combine(folder, Path.GetFileName(original.Heads)));
                foreach (var file in new[] { original.File, original.File + "-wal" }.Where(File.Exists))
                {
                    File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
                }
                foreach (var head in Directory.EnumerateFiles(original.Heads))
                {
                    File.Copy(head, Path.Combine(folder, Path.GetFileName(original.Heads), Path.GetFileName(head)));
                }
                return new(SqliteLedger.Open(Path.Combine(folder, Path.GetFileName(path)), project, time), folder,
                    original, because, time);
            }
            catch (Exception problem)
                when (problem is IOException or UnauthorizedAccessException
                    || problem is LedgerRefusedException { Problem.Code: LedgerRefusal.NotWrittenCode })
            {
                // The next place, then.
            }
        }

        throw new LedgerRefusedException(because.Problem, because);
    }
}
