using System.Net.Sockets;
using System.Text;
using Tidegate.LocalCloud.Workloads;

namespace Tidegate.Adapters.Tests.LocalCloud;

public sealed class HealthWatchTests
{
    [Theory]
    [InlineData("HTTP/1.1 500 Internal Server Error\r\nContent-Type: text/html; charset=windows-1252\r\nContent-Length: 5\r\n\r\noops!", "answers 500")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=no-such-thing\r\nContent-Length: 8\r\n\r\nDegraded", "answers Degraded (200)")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 17\r\n\r\n{\"status\":\"DOWN\"}", "answers DOWN (200)")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<p>Sign in<p>", "answers an HTML page (200)")]
    [InlineData("not HTTP\r\n\r\n", "")]
    public async Task Whatever_a_ready_instance_answers_next_is_no_longer_ready_and_the_watch_goes_on(string answer, string refusal)
    {
        using var folder = new TestFolder();
        using var instance = new Instance(folder.At("socket"));
        await using var watch = new HealthWatch(folder.At("socket"), "/health/ready", TimeProvider.System, () => { });
        await Eventually.IsSoAsync(() => watch.Ready);

        instance.Answer = answer;
        await Eventually.IsSoAsync(() => !watch.Ready);
        watch.Refusal.ShouldContain(refusal);

        instance.Answer = Instance.Healthy;
        await Eventually.IsSoAsync(() => watch.Ready);
    }

    [Fact]
    public async Task What_is_declared_to_be_healthy_counts_in_place_of_what_is_taken_for_granted()
    {
        using var folder = new TestFolder();
        using var instance = new Instance(folder.At("socket"));
        await using var watch = new HealthWatch(
            folder.At("socket"), "/health/ready", TimeProvider.System, () => { }, new(Json: "$.state", Value: "RUNNING"));
        await Eventually.IsSoAsync(() => watch.Refusal == "answers JSON that cannot be read (200), wanted 'RUNNING' at $.state");

        instance.Answer = Json("""{"state":"RUNNING"}""");
        await Eventually.IsSoAsync(() => watch.Ready);

        instance.Answer = Json("""{"state":"LEAVING"}""");
        await Eventually.IsSoAsync(() => !watch.Ready);
        watch.Refusal.ShouldBe("answers LEAVING (200), wanted 'RUNNING' at $.state");

        static string Json(string body) => $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}";
    }

    [Fact]
    public async Task An_answer_without_end_is_not_read_to_its_end()
    {
        using var folder = new TestFolder();
        using var instance = new Instance(folder.At("socket")) { Answer = "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + new string(' ', 100_000) };
        await using var watch = new HealthWatch(folder.At("socket"), "/health/ready", TimeProvider.System, () => { });

        await Eventually.IsSoAsync(() => watch.Refusal != "has not answered yet");

        watch.Ready.ShouldBeFalse();
    }

    /// <summary>Answers every connection once, with these very bytes.</summary>
    private sealed class Instance : IDisposable
    {
        public const string Healthy = "HTTP/1.1 200 OK\r\nContent-Length: 7\r\nConnection: close\r\n\r\nHealthy";

        private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

        public Instance(string socket)
        {
            _listener.Bind(new UnixDomainSocketEndPoint(socket));
            _listener.Listen();
            _ = AnswerAsync();
        }

        public string Answer { get; set; } = Healthy;

        public void Dispose() => _listener.Dispose();

        private async Task AnswerAsync()
        {
            try
            {
                while (true)
                {
                    using var connection = await _listener.AcceptAsync();
                    await connection.ReceiveAsync(new byte[4096]);
                    await connection.SendAsync(Encoding.Latin1.GetBytes(Answer));
                    connection.Shutdown(SocketShutdown.Both);
                }
            }
            catch (Exception over) when (over is SocketException or ObjectDisposedException)
            {
            }
        }
    }
}
