using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Tidegate.Testing;

namespace Tidegate.Adapters.Tests.Signals;

/// <summary>A server that says, byte for byte, what a test wants to be said. One request for each connection.</summary>
internal sealed class StubServer : IAsyncDisposable
{
    private readonly Socket _listener;
    private readonly Func<string, Stream, CancellationToken, Task> _answer;
    private readonly CancellationTokenSource _end = new();
    private readonly TemporaryFolder _folder = new();
    private readonly Task _accepting;

    private StubServer(Func<string, Stream, CancellationToken, Task> answer, bool unix)
    {
        _answer = answer;
        _listener = unix
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _listener.Bind(unix ? new UnixDomainSocketEndPoint(_folder["s"]) : new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        Address = unix ? "unix:" + _folder["s"] : $"http://{_listener.LocalEndPoint}";
        _accepting = AcceptAsync();
    }

    public string Address { get; }

    /// <summary>Each request's first line and body, in the order of their coming.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Ended when the answering ended, for whatever reason.</summary>
    public TaskCompletionSource Answered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static StubServer Raw(Func<string, Stream, CancellationToken, Task> answer) => new(answer, unix: false);

    /// <summary>Answers with these bytes and closes.</summary>
    public static StubServer Bytes(string bytes) => Raw((_, stream, token) => stream.WriteAsync(Encoding.Latin1.GetBytes(bytes), token).AsTask());

    public static StubServer Text(int status, string body, string mediaType = "text/plain", bool unix = false) => Of(_ => (status, body), mediaType, unix);

    /// <summary>Answers by the request: its first line, then its body.</summary>
    public static StubServer Of(Func<string, (int Status, string Body)> answer, string mediaType = "application/json", bool unix = false) => new(
        (request, stream, token) =>
        {
            var (status, body) = answer(request);
            return stream.WriteAsync(Encoding.UTF8.GetBytes($"{Head(status, mediaType)}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}"), token).AsTask();
        },
        unix);

    /// <summary>Takes requests and never answers.</summary>
    public static StubServer Silent() => Raw((_, _, token) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token));

    public static string Head(int status, string mediaType) => $"HTTP/1.1 {status} Status\r\nContent-Type: {mediaType}\r\nConnection: close\r\n";

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _end.Dispose();
        _folder.Dispose();
    }

    private async Task AcceptAsync()
    {
        var served = new List<Task>();
        try
        {
            while (true) served.Add(ServeAsync(await _listener.AcceptAsync(_end.Token)));
        }
        catch (Exception problem) when (problem is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(served);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        await using var stream = new NetworkStream(socket, ownsSocket: true);
        try
        {
            var request = await RequestAsync(stream);
            Requests.Enqueue(request);
            await _answer(request, stream, _end.Token);
        }
        catch (Exception problem) when (problem is OperationCanceledException or IOException)
        {
            // The client has heard enough, or the test is over.
        }
        finally
        {
            Answered.TrySetResult();
        }
    }

    private async Task<string> RequestAsync(Stream stream)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (true)
        {
            var read = await stream.ReadAsync(buffer, _end.Token);
            text.Append(Encoding.UTF8.GetString(buffer, 0, read));
            var all = text.ToString();
            var head = all.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (read == 0 && head < 0) throw new IOException("the client went before it had asked");
            if (read == 0 || (head >= 0 && all.Length - head - 4 >= Length(all))) return all[..all.IndexOf("\r\n", StringComparison.Ordinal)] + "\n" + all[(head + 4)..];
        }
    }

    private static int Length(string head)
    {
        const string name = "Content-Length: ";
        var at = head.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? 0 : int.Parse(head[(at + name.Length)..head.IndexOf("\r\n", at, StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture);
    }
}
