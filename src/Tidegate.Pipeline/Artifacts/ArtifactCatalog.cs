using Tidegate.Engine;

namespace Tidegate.Pipeline;

/// <summary>The ledger's stream of artifacts: which inputs gave which digest.</summary>
public sealed class ArtifactCatalog(ILedger ledger, ArtifactStore store)
{
    /// <summary>Beside the environments' streams, under a name that no environment has.</summary>
    public const string Stream = "tidegate-artifacts";

    /// <summary>The artifact of these inputs, if it was made before and is still whole.</summary>
    /// <param name="inputs">Awaited when the ledger has been read: both take a moment.</param>
    public async Task<Provenance?> FindAsync(Task<InputsKey> inputs, CancellationToken cancellationToken)
    {
        var made = await AllAsync(cancellationToken);
        var key = (await inputs).Key;
        return key is not null && made.LastOrDefault(p => p.InputsKey == key) is { } found && store.Holds(found.Artifact.Digest) ? found : null;
    }

    /// <summary>What is known of a digest.</summary>
    public async Task<Provenance?> FindAsync(ArtifactDigest digest, CancellationToken cancellationToken) =>
        (await AllAsync(cancellationToken)).LastOrDefault(p => p.Artifact.Digest == digest);

    /// <summary>The artifact that somebody names: by its release's name, its digest, or the beginning of that.</summary>
    public async Task<NamedArtifact> FindAsync(string named, CancellationToken cancellationToken) =>
        ReleaseNaming.Find(named, [.. (await AllAsync(cancellationToken)).Select(p => p.Artifact)]);

    /// <summary>All artifacts, oldest first.</summary>
    public async Task<IReadOnlyList<Provenance>> AllAsync(CancellationToken cancellationToken) =>
        [.. (await ledger.ReadAsync(Stream, cancellationToken)).Select(r => r.Fact()).OfType<LedgerFact.Packaged>().Select(p => p.Provenance)];

    public async Task AddAsync(Provenance provenance, CancellationToken cancellationToken)
    {
        while (true)
        {
            var records = await ledger.ReadAsync(Stream, cancellationToken);
            var appended = await ledger.AppendAsync(Stream, records.Count, new LedgerFact.Packaged(provenance), cancellationToken);
            if (appended is AppendResult.Appended) return; // another build packaged at the same time: behind it, then
        }
    }
}
