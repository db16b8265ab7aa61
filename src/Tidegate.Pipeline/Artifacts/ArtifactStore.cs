namespace Tidegate.Pipeline;

/// <summary>Where artifacts lie, by digest. A folder is complete or absent; its bytes are checked against its name before each release.</summary>
/// <param name="folder">For example <c>.tidegate/artifacts</c>.</param>
public sealed class ArtifactStore(string folder)
{
    public string PathOf(ArtifactDigest digest) => Path.Combine(folder, digest.Hex);

    /// <summary>A folder to make an artifact in, beside the others so that moving it is one rename.</summary>
    public string Workshop()
    {
        Directory.CreateDirectory(folder);
        var workshop = Path.Combine(folder, $"making-{Environment.ProcessId}");
        if (Directory.Exists(workshop)) Directory.Delete(workshop, recursive: true);
        return Directory.CreateDirectory(workshop).FullName;
    }

    /// <summary>Takes what was made. The same content twice is the same artifact, and the second copy is dropped.</summary>
    public ArtifactDigest Take(string workshop)
    {
        var digest = ArtifactContent.Digest(workshop);
        if (Holds(digest))
        {
            Directory.Delete(workshop, recursive: true);
            return digest;
        }

        if (Directory.Exists(PathOf(digest))) Directory.Delete(PathOf(digest), recursive: true); // damaged: these bytes replace it
        Directory.Move(workshop, PathOf(digest));
        return digest;
    }

    /// <summary>The artifact is there and its bytes are the ones that its digest names.</summary>
    public bool Holds(ArtifactDigest digest)
    {
        try
        {
            return Directory.Exists(PathOf(digest)) && ArtifactContent.Digest(PathOf(digest)) == digest;
        }
        catch (InvalidDataException)
        {
            return false; // a link was put into it, or files without end
        }
    }
}
