using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Tidegate.Signals;

namespace Tidegate.Adapters.Tests.Signals;

/// <summary>FAULTS A13 to A16: whatever a server says, the answer is bounded in size and ends with the token.</summary>
public sealed class InstanceClientTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_answer_comes_back_over_TCP_and_over_a_socket_file_alike(bool unix)
    {
        await using var server = StubServer.Text(201, "Grüße", "text/plain; charset=utf-8", unix);

        var answer = await InstanceClient.SendAsync(server.Address, "POST", "/orders?x=1", "{\"a\":1}", Token);

        answer.ShouldBe(new InstanceAnswer.Answered(201, "text/plain", "Grüße"));
        server.Requests.ShouldBe(["POST /orders?x=1 HTTP/1.1\n{\"a\":1}"]);
    }

    [Fact]
    public async Task A_redirect_is_an_answer_and_not_followed()
    {
        await using var elsewhere = StubServer.Text(200, "Healthy");
        await using var server = StubServer.Bytes($"HTTP/1.1 302 Found\r\nLocation: {elsewhere.Address}/\r\nContent-Length: 0\r\n\r\n");

        (await InstanceClient.SendAsync(server.Address, "GET", "/", null, Token)).ShouldBeOfType<InstanceAnswer.Answered>().Status.ShouldBe(302);
        elsewhere.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("//elsewhere.invalid/x", "GET //elsewhere.invalid/x HTTP/1.1\n")]
    [InlineData("/@elsewhere.invalid/", "GET /@elsewhere.invalid/ HTTP/1.1\n")]
    [InlineData("/a b\u00e9?q=%20", "GET /a%20b%C3%A9?q=%20 HTTP/1.1\n")]
    public async Task No_path_leads_to_another_host(string path, string request)
    {
        await using var server = StubServer.Text(200, "here");

        await InstanceClient.SendAsync(server.Address, "GET", path, null, Token);

        server.Requests.ShouldBe([request]);
    }

    [Theory]
    [InlineData("http://127.0.0.1:1", "no-slash")]
    [InlineData("ftp://127.0.0.1", "/")]
    [InlineData("file:///etc/passwd", "/")]
    [InlineData("127.0.0.1:80", "/")]
    [InlineData("unix:relative", "/")]
    [InlineData("", "/")]
    public async Task An_address_that_is_none_is_said_to_be(string address, string path) =>
        (await InstanceClient.SendAsync(address, "GET", path, null, Token)).ShouldBeOfType<InstanceAnswer.Nothing>().Because.ShouldContain("is no address");

    [Fact]
    public async Task An_endless_body_is_dropped_at_the_cap_and_the_server_is_hung_up_on()
    {
        await using var server = StubServer.Raw(async (_, stream, token) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(StubServer.Head(200, "text/plain") + "\r\n"), token);
            while (true) await stream.WriteAsync(new byte[64 * 1024], token);
        });

        var answer = await InstanceClient.SendAsync(server.Address, "GET", "/", null, Token);

        answer.ShouldBe(new InstanceAnswer.Nothing("an answer of more than 1024 KiB"));
        await server.Answered.Task.WaitAsync(Token);
    }

    [Theory]
    [InlineData(InstanceClient.LargestBody, true)]
    [InlineData(InstanceClient.LargestBody + 1, false)]
    public async Task The_cap_is_exact(int length, bool read)
    {
        await using var server = StubServer.Text(200, new string('x', length));

        (await InstanceClient.SendAsync(server.Address, "GET", "/", null, Token) is InstanceAnswer.Answered).ShouldBe(read);
    }

    [Fact]
    public async Task A_small_body_that_would_unpack_to_a_large_one_is_not_unpacked()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true)) await gzip.WriteAsync(new byte[64 * 1024 * 1024], Token);
        await using var server = StubServer.Raw(async (_, stream, token) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"{StubServer.Head(200, "text/plain")}Content-Encoding: gzip\r\nContent-Length: {packed.Length}\r\n\r\n"), token);
            await stream.WriteAsync(packed.ToArray(), token);
        });

        (await InstanceClient.SendAsync(server.Address, "GET", "/", null, Token)).ShouldBe(new InstanceAnswer.Nothing("an answer packed as 'gzip', though none was asked for"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 20")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 5\r\n\r\nhello")]
    public async Task An_answer_that_is_cut_off_or_no_HTTP_is_no_answer(string bytes)
    {
        await using var server = StubServer.Bytes(bytes);

        (await InstanceClient.SendAsync(server.Address, "GET", "/", null, Token)).ShouldBeOfType<InstanceAnswer.Nothing>().Because.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Headers_without_an_end_are_no_answer()
    {
        await using var server = StubServer.Raw(async (_, stream, token) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\n"u8.ToArray(), token);
            while (true) await stream.WriteAsync(Encoding.ASCII.GetBytes($"X-More: {new string('x', 1000)}\r\n"), token);
        });

        (await InstanceClient.SendAsync(server.Address, "GET", "/", null, Token)).ShouldBeOfType<InstanceAnswer.Nothing>();
    }

    [Fact]
    public async Task Nobody_listening_is_no_answer()
    {
        using var bound = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        bound.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        (await InstanceClient.SendAsync($"http://{bound.LocalEndPoint}", "GET", "/", null, Token)).ShouldBeOfType<InstanceAnswer.Nothing>();
        (await InstanceClient.SendAsync("unix:/nowhere/at/all.sock", "GET", "/", null, Token)).ShouldBeOfType<InstanceAnswer.Nothing>();
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 2")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n")]
    public async Task One_byte_at_a_time_ends_with_the_token_wherever_the_dripping_begins(string first)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await using var server = StubServer.Raw(async (_, stream, token) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(first), token);
            for (var i = 0; i < 3; i++)
            {
                await stream.WriteAsync("0"u8.ToArray(), token);
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, token);
            }

            await deadline.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
        });

        await Should.ThrowAsync<OperationCanceledException>(() => InstanceClient.SendAsync(server.Address, "GET", "/", null, deadline.Token));
    }
}
