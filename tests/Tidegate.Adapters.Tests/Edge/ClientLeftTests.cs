using static Tidegate.Adapters.Tests.Edge.EdgeUnderTest;

namespace Tidegate.Adapters.Tests.Edge;

/// <summary>What a user breaks off accuses nobody.</summary>
public sealed class ClientLeftTests
{
    private const string Get = "GET /orders/7 HTTP/1.1\r\nHost: x\r\n\r\n";
    private const string Post = "POST /orders HTTP/1.1\r\nHost: x\r\n";
    private const string Pieces = "Transfer-Encoding: chunked\r\n\r\n";
    private const string Long = "Content-Length: 1000\r\n";

    [Fact]
    public Task Who_hangs_up_before_the_answer() => AccusesNobodyAsync(Get, user => user.Dispose());

    [Fact]
    public Task Who_resets_before_the_answer() => AccusesNobodyAsync(Get, user => user.Reset());

    [Fact]
    public Task Who_closes_his_side_before_the_answer() =>
        AccusesNobodyAsync(Get, user => user.HalfClose());

    [Fact]
    public Task Who_resets_in_the_middle_of_an_upload() =>
        AccusesNobodyAsync(Post + Long + "\r\nhalf", user => user.Reset());

    [Fact]
    public Task Who_closes_in_the_middle_of_an_upload() =>
        AccusesNobodyAsync(Post + Long + "\r\nhalf", user => user.HalfClose());

    [Fact]
    public Task Who_closes_in_the_middle_of_a_piece_of_an_upload() =>
        AccusesNobodyAsync(Post + Pieces + "10\r\nhalf", user => user.HalfClose());

    [Fact]
    public Task Who_writes_pieces_that_are_none() =>
        AccusesNobodyAsync(Post + Pieces + "no number\r\n", user => user.HalfClose());

    [Fact]
    public Task Who_asks_whether_he_may_send_and_goes() =>
        AccusesNobodyAsync(Post + Long + "Expect: 100-continue\r\n\r\n", user => user.Dispose());

    [Fact]
    public async Task Who_hangs_up_in_the_middle_of_an_answer()
    {
        using var folder = new TestFolder();
        await using var endless = await AnsweringInstance.StartAsync(folder, "a1", async context =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.Body.WriteAsync(new byte[4096], context.RequestAborted);
        });
        await using var edge = await EdgeUnderTest.StartAsync();
        edge.Route(Version(A, 10_000, endless.Instance));
        using var user = await RawUser.ComeAsync(edge);
        await user.SendAsync(Get);
        await edge.SeesAsync(_ => !endless.Seen.IsEmpty);

        user.Reset();

        AccusesNobody(await edge.SeesAsync(p => p.OfVersion(A, "request_duration_seconds_count") == 1));
    }

    /// <summary>The instance waits for the whole body, and then for as long as the user does.</summary>
    private static async Task AccusesNobodyAsync(string sent, Action<RawUser> leave)
    {
        using var folder = new TestFolder();
        await using var waiting = await AnsweringInstance.StartAsync(folder, "a1", async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });
        await using var edge = await EdgeUnderTest.StartAsync();
        edge.Route(Version(A, 10_000, waiting.Instance));
        using var user = await RawUser.ComeAsync(edge);
        await user.SendAsync(sent);
        await edge.SeesAsync(_ => !waiting.Seen.IsEmpty);

        leave(user);

        AccusesNobody(await edge.SeesAsync(p => p.OfVersion(A, "request_duration_seconds_count") == 1));
    }

    private static void AccusesNobody(EdgePage page)
    {
        page.OfVersion(A, "requests_total").ShouldBe(1);
        page.OfVersion(A, "client_left_total").ShouldBe(1);
        page.OfVersion(A, "errors_total").ShouldBe(0);
        page.OfVersion(A, "answers_total").ShouldBe(0);
        page.Sum("instance_errors_total").ShouldBe(0);
        page.Sum("user_errors_total").ShouldBe(0);
        page.OfVersion(A, "open_age_seconds_gcount").ShouldBe(0);
    }
}
