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

    /// <summary>Where the running cloud tells its run folder: who comes from cron or another shell has another XDG_RUNTIME_DIR, or none.</summary>
    private string Memory => Path.Combine(State, "run");

    /// <summary>The run folder is that of the running cloud where it has told it and the folder is still there and private; otherwise the environment decides.</summary>
    /// <param name="root">The clone's root.</param>
    /// <param name="runtimeFolder">A private folder of this user for sockets, as in XDG_RUNTIME_DIR, or null.</param>
    public static CloudPlaces Of(string root, string? runtimeFolder)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..12];
        var above = string.IsNullOrEmpty(runtimeFolder) ? $"/tmp/tidegate-{PrivateFolder.CurrentUser}" : Path.Combine(runtimeFolder, "tidegate");
        var places = new CloudPlaces(Path.Combine(path, ".tidegate", "local"), Path.Combine(above, name));
        return places.Remembered(name) ?? places;
    }

    /// <summary>For the cloud that holds the lock.</summary>
    public void Remember()
    {
        File.WriteAllText(Memory + ".new", Run);
        File.Move(Memory + ".new", Memory, overwrite: true);
    }

    /// <summary>For the cloud that ends in order: the next one may be started elsewhere.</summary>
    public void Forget() => File.Delete(Memory);

    /// <summary>For whoever is about to trust the control socket.</summary>
    /// <exception cref="UnauthorizedAccessException">Somebody else could have put it there; the message says which folder.</exception>
    public void VerifyRun()
    {
        if (Path.GetDirectoryName(Run) is { } above) PrivateFolder.Verify(above);
        PrivateFolder.Verify(Run);
    }

    /// <param name="name">Of the folder: a copied clone brings the original's memory along.</param>
    private CloudPlaces? Remembered(string name)
    {
        if (!File.Exists(Memory)) return null;

        try
        {
            PrivateFolder.Verify(State); // else somebody else could have written it
            var places = this with { Run = File.ReadAllText(Memory) };
            if (!Path.IsPathFullyQualified(places.Run) || Path.GetFileName(places.Run) != name) return null;

            places.VerifyRun();
            return places;
        }
        catch (Exception untrusted) when (untrusted is IOException or UnauthorizedAccessException)
        {
            return null; // gone with a restart of the machine, or not ours alone: the next cloud writes it anew
        }
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
