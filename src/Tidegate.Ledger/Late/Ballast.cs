using System.Security.Cryptography;

namespace Tidegate.Ledger;

/// <summary>Space beside the ledger that is kept for the way back, and given up when a record of it finds no
/// other.</summary>
internal sealed class Ballast(string folder)
{
    /// <summary>Bytes. A judgement of 2 MiB, in the log and in the file, and 64 regions of three records of four pages
    /// each fit in it.</summary>
    public const int Size = 8 * 1024 * 1024;

    private readonly string _file = Path.Combine(folder, "ballast");

    /// <summary>Makes sure that the space is there.</summary>
    /// <exception cref="Engine.LedgerRefusedException">It cannot be had: nothing may be begun that could not be taken
    /// back.</exception>
    public void Reserve()
    {
        try
        {
            if (new FileInfo(_file) is { Exists: true, Length: >= Size }) return;
            using var handle = FileFacts.OpenOwn(_file);

            // Noise: a file system that compresses or leaves holes out would keep nothing free for a file of zeros.
            var noise = new byte[1024 * 1024];
            for (var at = 0; at < Size; at += noise.Length)
            {
                RandomNumberGenerator.Fill(noise);
                RandomAccess.Write(handle, noise, at);
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            Free();
            throw LedgerRefusal.NoReserve(_file, Size, problem);
        }
    }

    /// <summary>Gives the space up.</summary>
    public void Free()
    {
        try
        {
            File.Delete(_file);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // Then it frees nothing, and the record is kept elsewhere.
        }
    }
}
