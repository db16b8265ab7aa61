using System.Security.Cryptography;
using System.Text;

namespace Tidegate.LocalCloud.Contract;

/// <summary>Where a clone's cloud keeps its things. Two clones have nothing in common.</summary>
/// <param name="State">What is desired, logs, stored data: survives a restart of the machine.</param>
/// <param name="Run">Sockets; short, since a socket's path has at most 107 bytes.</param>
public sealed record CloudPlaces(string State, string Run)
{
    public string ControlSocket => Path.Combine(Run, "cloud.sock");

    /// <summary>Held by the running cloud.</summary>
    public string Lock => Path.Combine(State, "cloud.lock");

    public string Log => Path.Combine(State, "cloud.log");

    /// <param name="root">The clone's root.</param>
    /// <param name="runtimeFolder">A private folder of this user for sockets, as in XDG_RUNTIME_DIR, or null.</param>
    public static CloudPlaces Of(string root, string? runtimeFolder)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..12];
        var above = string.IsNullOrEmpty(runtimeFolder) ? $"/tmp/tidegate-{PrivateFolder.CurrentUser}" : Path.Combine(runtimeFolder, "tidegate");
        return new CloudPlaces(Path.Combine(path, ".tidegate", "local"), Path.Combine(above, name));
    }

    /// <summary>For whoever is about to trust the control socket.</summary>
    /// <exception cref="UnauthorizedAccessException">Somebody else could have put it there; the message says which folder.</exception>
    public void VerifyRun()
    {
        if (Path.GetDirectoryName(Run) is { } above) PrivateFolder.Verify(above);
        PrivateFolder.Verify(Run);
    }

    /// <summary>Makes both folders where they are lacking, and refuses them where somebody else could have a hand in them.</summary>
    /// <exception cref="UnauthorizedAccessException">As with <see cref="PrivateFolder.Ensure"/>.</exception>
    public void Ensure()
    {
        if (Path.GetDirectoryName(State) is { } aboveState) Directory.CreateDirectory(aboveState);
        PrivateFolder.Ensure(State);

        // Whoever owns the folder above could put another one in the place of ours.
        if (Path.GetDirectoryName(Run) is { } aboveRun) PrivateFolder.Ensure(aboveRun);
        PrivateFolder.Ensure(Run);
    }
}
