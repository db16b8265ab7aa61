using System.Net;
using System.Net.Sockets;
using System.Text;
using Tidegate.Edge;

namespace Tidegate.Adapters.Tests.Edge;

/// <summary>An instance that keeps the bytes of each request's head, and answers with bytes.</summary>
internal sealed class RawInstance : IAsyncDisposable
{
    private readonly Socket _listener = new(SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;
    private readonly byte[] _answer;
    private readonly bool _thenListens;

    /// <param name="answer">One character is one byte. The connection is closed behind it.</param>
    /// <param name="thenListens">It is closed only when the user has said something more.</param>
    public RawInstance(string id, string answer, bool thenListens = false)
    {
        _thenListens = thenListens;
        _answer = Encoding.Latin1.GetBytes(answer);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        Instance = new EdgeInstance(id, $"http://{_listener.LocalEndPoint}");
        _serving = ServeAsync();
    }

    public EdgeInstance Instance { get; }

    /// <summary>What came up to the empty line, of the newest request.</summary>
    public string Head { get; private set; } = "";

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _serving;
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var user = await _listener.AcceptAsync(_stop.Token);
                var (text, buffer) = (new StringBuilder(), new byte[4096]);
                while (!text.ToString().Contains("\r\n\r\n", StringComparison.Ordinal)
                    && await user.ReceiveAsync(buffer, _stop.Token) is > 0 and var read)
                {
                    text.Append(Encoding.Latin1.GetString(buffer, 0, read));
                }

                Head = text.ToString();
                await user.SendAsync(_answer, _stop.Token);
                if (_thenListens) await user.ReceiveAsync(buffer, _stop.Token);
                user.Shutdown(SocketShutdown.Both);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
    }
}
