using System.Net.Sockets;
using System.Text;

namespace Tidegate.Adapters.Tests.Edge;

/// <summary>A user who writes his own bytes, and hangs up as he likes.</summary>
internal sealed class RawUser : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    public static async Task<RawUser> ComeAsync(EdgeUnderTest edge)
    {
        var user = new RawUser();
        var (host, port) = (edge.Server.Address.Host, edge.Server.Address.Port);
        await user._socket.ConnectAsync(host, port, TestContext.Current.CancellationToken);
        return user;
    }

    /// <summary>Sends a whole request on a connection of its own, and reads until the edge closes it.</summary>
    public static async Task<string> AskAsync(EdgeUnderTest edge, string request)
    {
        using var user = await ComeAsync(edge);
        await user.SendAsync(request);
        return await user.ReadToEndAsync();
    }

    /// <param name="bytes">One character is one byte.</param>
    public async Task SendAsync(string bytes) =>
        await _socket.SendAsync(Encoding.Latin1.GetBytes(bytes), TestContext.Current.CancellationToken);

    /// <summary>Until the edge closes the connection, in whatever way, or this has come.</summary>
    public async Task<string> ReadToEndAsync(string? orTo = null)
    {
        var (text, buffer) = (new StringBuilder(), new byte[4096]);
        try
        {
            while (await _socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken) is > 0 and var read)
            {
                text.Append(Encoding.Latin1.GetString(buffer, 0, read));
                if (orTo is not null && text.ToString().Contains(orTo, StringComparison.Ordinal)) break;
            }
        }
        catch (SocketException broken) when (broken.SocketErrorCode == SocketError.ConnectionReset)
        {
        }

        return text.ToString();
    }

    /// <summary>Says that nothing more will come, and still listens.</summary>
    public void HalfClose() => _socket.Shutdown(SocketShutdown.Send);

    public void Reset()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Close();
    }

    public void Dispose() => _socket.Dispose();
}
