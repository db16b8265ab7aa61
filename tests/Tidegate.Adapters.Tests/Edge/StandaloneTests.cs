using System.Diagnostics;
using System.Text.Json;
using Tidegate.Edge;

namespace Tidegate.Adapters.Tests.Edge;

public sealed class StandaloneTests
{
    [Fact]
    public async Task An_edge_that_runs_alone_follows_its_file_and_ignores_one_that_cannot_be_used()
    {
        using var folder = new TestFolder();
        await using var a = await AnsweringInstance.StartAsync(folder, "a1");
        await using var b = await AnsweringInstance.StartAsync(folder, "b1");
        var config = folder.At("edge.json");
        Write(a.Instance);
        using var program = Start("--config", config);
        var addresses = (await NextLineAsync(program.StandardOutput)).Split(' ');
        using var user = new HttpClient { BaseAddress = new Uri(addresses[1]) };

        (await AnswererAsync()).ShouldBe("a1");

        await File.WriteAllTextAsync(config, "{ \"versions\": 7 }", TestContext.Current.CancellationToken);
        (await NextLineAsync(program.StandardError)).ShouldStartWith("Ignored: ");
        (await AnswererAsync()).ShouldBe("a1");

        Write(b.Instance);
        (await NextLineAsync(program.StandardOutput)).ShouldEndWith("is in force.");
        (await AnswererAsync()).ShouldBe("b1");
        (await user.GetStringAsync(addresses[3], TestContext.Current.CancellationToken)).ShouldContain("tidegate_edge_requests_total");

        program.Kill();
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);

        async Task<string> AnswererAsync()
        {
            using var response = await user.GetAsync("/", TestContext.Current.CancellationToken);
            return response.Headers.GetValues(EdgeHeaders.Instance).Single();
        }

        void Write(EdgeInstance instance)
        {
            var text = JsonSerializer.Serialize(new
            {
                listen = "127.0.0.1:0",
                metrics = "127.0.0.1:0",
                probeKey = EdgeUnderTest.ProbeKey,
                versions = new[] { new { digest = EdgeUnderTest.A, weight = 1, instances = new[] { new { id = instance.Id, address = instance.Address } } } },
                endpoints = Array.Empty<string>(),
            });
            File.WriteAllText(config + ".new", text);
            File.Move(config + ".new", config, overwrite: true);
        }
    }

    [Theory]
    [InlineData("""{ "listen": "127.0.0.1:0" }""", "metrics")]
    [InlineData("""{ "listen": "here", "metrics": "127.0.0.1:0", "probeKey": "0123456789abcdef", "versions": [], "endpoints": [] }""", "listen 'here'")]
    [InlineData("""{ "listen": "127.0.0.1:0", "metrics": "127.0.0.1:0", "probeKey": "short", "versions": [], "endpoints": [] }""", "probeKey")]
    public async Task A_file_that_cannot_be_used_at_start_is_named_with_what_is_wrong(string text, string wrong)
    {
        using var folder = new TestFolder();
        await File.WriteAllTextAsync(folder.At("edge.json"), text, TestContext.Current.CancellationToken);

        using var program = Start("--config", folder.At("edge.json"));
        var error = await program.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);

        program.ExitCode.ShouldBe(30);
        error.ShouldContain("edge.json");
        error.ShouldContain(wrong);
    }

    private static Process Start(params string[] args) => Process.Start(new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileName(host) == "dotnet" ? host : "dotnet", ["exec", typeof(EdgeServer).Assembly.Location, .. args])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private static async Task<string> NextLineAsync(StreamReader reader)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        using var end = deadline.Token.Register(limit.Cancel);
        return await reader.ReadLineAsync(limit.Token) ?? throw new InvalidOperationException("It ended.");
    }
}
