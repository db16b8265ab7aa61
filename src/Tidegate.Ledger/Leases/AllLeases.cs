namespace Tidegate.Ledger;

/// <summary>Every environment that was ever leased from a ledger, taken at once: nobody begins anything in them until this is disposed.</summary>
/// <remarks>Asks the kernel's locks alone, and reads neither the ledger nor a configuration: so it also answers where these are damaged or gone.</remarks>
public sealed class AllLeases : IDisposable
{
    private readonly List<EnvironmentLock> _held = [];

    private AllLeases() { }

    /// <summary>Null, and who has which environment, when there is a run that owns one.</summary>
    /// <param name="ledger">The ledger's file, as an absolute path. Nothing is made where there is none.</param>
    /// <param name="owner">Who asks, for the one who finds an environment taken.</param>
    public static AllLeases? TryTake(string ledger, string owner, TimeProvider time, out (string Environment, string Owner) taken)
    {
        taken = default;
        var all = new AllLeases();
        foreach (var file in Files(new LedgerFolder(Path.GetFullPath(ledger)).Locks))
        {
            try
            {
                if (EnvironmentLock.TryTake(file, owner, time.GetUtcNow(), out var holder) is not { } held)
                {
                    taken = (Path.GetFileNameWithoutExtension(file), holder);
                    all.Dispose();
                    return null;
                }

                all._held.Add(held);
            }
            catch (Engine.LedgerRefusedException)
            {
                // No lock of ours: no run of this user's can have been granted a lease by it.
            }
        }

        return all;
    }

    public void Dispose()
    {
        foreach (var held in _held) held.Dispose();
    }

    private static IReadOnlyList<string> Files(string folder)
    {
        try
        {
            return [.. Directory.EnumerateFiles(folder, "*" + EnvironmentLock.Extension).Order(StringComparer.Ordinal)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return []; // no ledger, or one that nobody can release with
        }
    }
}
