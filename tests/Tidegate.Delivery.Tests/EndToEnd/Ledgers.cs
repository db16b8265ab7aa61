using Tidegate.Ledger;
using Tidegate.Pipeline;
using Tidegate.Testing;

namespace Tidegate.Delivery.Tests.EndToEnd;

/// <summary>Ledgers as a build finds them: with something in them, or broken.</summary>
internal static class Ledgers
{
    public static SqliteLedger Open(string file) => SqliteLedger.Open(file, "orders", TimeProvider.System);

    /// <summary>One artifact was packaged before.</summary>
    public static async Task<ReleaseArtifact> WithArtifactAsync(string file, CancellationToken cancellationToken)
    {
        await using var ledger = Open(file);
        var artifact = Some.Artifact("1.0.0");
        await ledger.AppendAsync(
            ArtifactCatalog.Stream, 0, new LedgerFact.Packaged(new(artifact, null, null, "a test", new Dictionary<string, string>(), Some.Noon)), cancellationToken);
        return artifact;
    }

    /// <summary>The catalog of artifacts is older than what was seen of it before.</summary>
    public static async Task BehindAsync(string file, CancellationToken cancellationToken)
    {
        await Open(file).DisposeAsync();
        var empty = await File.ReadAllBytesAsync(file, cancellationToken);
        await WithArtifactAsync(file, cancellationToken);
        await File.WriteAllBytesAsync(file, empty, cancellationToken);
        foreach (var log in new[] { file + "-wal", file + "-shm" }) File.Delete(log);
    }

    /// <summary>The file holds something else.</summary>
    public static async Task ForeignFileAsync(string file, CancellationToken cancellationToken)
    {
        await Open(file).DisposeAsync();
        await File.WriteAllTextAsync(file, new string('x', 8192), cancellationToken);
    }
}
