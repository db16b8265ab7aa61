using System.Text;

namespace Tidegate.Signals;

/// <summary>The end of what a program says, in constant memory however much that is.</summary>
internal sealed class OutputTail
{
    private const int Most = 4096;

    private readonly Lock _turn = new();
    private readonly List<byte> _kept = new(2 * Most);

    public string Text
    {
        get { lock (_turn) return Encoding.UTF8.GetString([.. _kept.TakeLast(Most)]).Trim(); }
    }

    /// <summary>Reads until the stream ends or nobody waits for it any more.</summary>
    public async Task FollowAsync(Stream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[Most];
        try
        {
            int read;
            while ((read = await stream.ReadAsync(buffer, cancellationToken)) > 0) Keep(buffer.AsSpan(0, read));
        }
        catch (Exception problem) when (problem is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The program is gone, or nobody waits for its words any more.
        }
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        lock (_turn)
        {
            _kept.AddRange(bytes);
            if (_kept.Count > Most) _kept.RemoveRange(0, _kept.Count - Most);
        }
    }
}
