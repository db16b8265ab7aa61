namespace Tidegate.Pipeline;

/// <summary>How people name a release on the command line: its name, or its artifact's digest or the beginning of that, with or without <c>sha256:</c>.</summary>
internal static class ReleaseNaming
{
    /// <summary>How many digits of a digest are asked for at least: fewer hit another one by chance.</summary>
    private const int FewestDigits = 8;
    private const int MostTold = 5;
    private const string Prefix = "sha256:";

    /// <param name="release">The release's own name, for example <c>orders-0123456789ab</c>.</param>
    public static bool Names(string named, ArtifactDigest digest, string release)
    {
        var digits = named.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? named[Prefix.Length..] : named;
        return named == release || digits.Length >= FewestDigits && digest.Hex.StartsWith(digits, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The one artifact that is meant.</summary>
    /// <param name="known">Oldest first.</param>
    public static NamedArtifact Find(string named, IReadOnlyList<ReleaseArtifact> known)
    {
        var all = known.DistinctBy(a => a.Digest).Reverse().ToList();
        var matching = all.Where(a => Names(named, a.Digest, StageRunner.ReleaseName(a))).ToList();
        return matching switch
        {
            [var one] => new NamedArtifact.One(one),
            [] => new NamedArtifact.NotOne(new(
                "TG3015",
                $"--release {named}",
                $"no artifact of that name is known here; {(all.Count == 0 ? "none is known yet." : $"the newest are: {Listed(all)}.")}",
                all.Count == 0 ? "Run Package first, or name the ledger that knows it with --ledger." : $"Write the digest or at least its first {FewestDigits} digits, with or without {Prefix}")),
            _ => new NamedArtifact.NotOne(new("TG3016", $"--release {named}", $"{matching.Count} artifacts begin so: {Listed(matching)}.", "Write more digits.")),
        };
    }

    private static string Listed(List<ReleaseArtifact> artifacts) =>
        string.Join(", ", artifacts.Take(MostTold).Select(a => $"{a.Name} {a.Version} {a.Digest}")) + (artifacts.Count > MostTold ? ", …" : "");
}

/// <summary>What a name on the command line stands for.</summary>
public abstract record NamedArtifact
{
    private NamedArtifact() { }

    public sealed record One(ReleaseArtifact Artifact) : NamedArtifact;

    /// <summary>None, or several. Exit 30: nothing was touched.</summary>
    public sealed record NotOne(Problem Problem) : NamedArtifact;
}
