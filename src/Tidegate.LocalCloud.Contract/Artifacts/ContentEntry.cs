namespace Tidegate.LocalCloud.Contract;

/// <summary>One file of an artifact.</summary>
/// <param name="Mode"><c>run</c> when its owner may run it, otherwise <c>file</c>.</param>
/// <param name="Path">From the artifact's root, with slashes.</param>
/// <param name="Hash">The sha256 of its bytes in hex.</param>
public sealed record ContentEntry(string Mode, string Path, string Hash)
{
    public override string ToString() => $"{Mode} {Path}\0{Hash}\n";
}
