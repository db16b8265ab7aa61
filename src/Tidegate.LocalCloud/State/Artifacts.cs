using Tidegate.LocalCloud.Contract;

namespace Tidegate.LocalCloud.State;

/// <summary>Tells whether the bytes of an artifact are the ones that its digest names, and what is wrong with
/// them.</summary>
/// <remarks>Whether a file was touched cannot be told from its times and its inode: whoever may write it may set them.
/// So every byte is read each time.</remarks>
internal sealed class Artifacts(CloudPlaces places)
{
    /// <exception cref="InvalidDataException">It has other bytes; the message says which file differs, and what to
    /// do.</exception>
    public void Verify(string path, string digest)
    {
        var content = ContentList.Of(path);
        if (content.Digest != digest) throw Differs(path, digest, content);
        Remember(content, digest);
    }

    /// <summary>A fresh copy to run from.</summary>
    /// <exception cref="InvalidDataException">As with <see cref="Verify"/>; then there is no copy.</exception>
    public void CopyVerified(string path, string digest, string to)
    {
        Remove(to);
        OwnFolder.Make(to);
        try
        {
            var content = RunCopy.Make(path, to);
            if (content.Digest != digest) throw Differs(path, digest, content);
        }
        catch
        {
            Remove(to);
            throw;
        }
    }

    public static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
        }
    }

    private InvalidDataException Differs(string path, string digest, ContentList now)
    {
        var difference = Known(digest)?.Difference(now) ?? $"their digest is {now.Digest}";
        return new InvalidDataException(
            $"the bytes in {path} are not those of {digest}: {difference}. Nothing is started from them. "
            + "Run Package again for this version, then call again, or release another one.");
    }

    /// <summary>The list of files is kept beside what is desired, so that the file which differs can be named later.
    /// Its own digest says whether it is still true.</summary>
    private void Remember(ContentList content, string digest)
    {
        if (Known(digest) is not null) return;
        OwnFolder.MakeFor(Memory(digest));
        File.WriteAllText(Memory(digest), content.ToString());
    }

    private ContentList? Known(string digest)
    {
        var known = File.Exists(Memory(digest)) ? ContentList.Parse(File.ReadAllText(Memory(digest))) : null;
        return known?.Digest == digest ? known : null;
    }

    private string Memory(string digest) => Path.Combine(places.State, CloudFiles.Contents, digest["sha256:".Length..]);
}
