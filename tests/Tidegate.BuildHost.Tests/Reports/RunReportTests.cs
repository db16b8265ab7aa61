using System.Runtime.InteropServices;
using System.Text.Json;
using Tidegate.BuildHost.Tests.Support;

namespace Tidegate.BuildHost.Tests.Reports;

public sealed class RunReportTests : IDisposable
{
    private const string Secret = "s3cr3t-t0k3n";
    private readonly Repository _repository = new();

    public void Dispose() => _repository.Dispose();

    [Theory]
    [InlineData("Hello --who you", "succeeded", 0, "Hello:succeeded")]
    [InlineData("Fail CleanUp", "failed", 1, "Fail:failed CleanUp:succeeded")]
    [InlineData("ChooseCode", "succeeded", 20, "ChooseCode:succeeded")]
    [InlineData("Leak", "succeeded", 0, "Leak:succeeded")]
    public async Task A_run_leaves_a_report_that_its_schema_describes(string arguments, string outcome, int code, string statuses)
    {
        using var build = SampleProcess.Start(_repository.Root, arguments, ("TOKEN", Secret));
        await build.Exit();

        var text = await Report();

        (await Schema.Complaints("build-report", text)).ShouldBeEmpty();
        text.ShouldNotContain(Secret);
        using var report = JsonDocument.Parse(text);
        report.RootElement.GetProperty("outcome").GetString().ShouldBe(outcome);
        report.RootElement.GetProperty("exitCode").GetInt32().ShouldBe(code);
        Statuses(report).ShouldBe(statuses);
    }

    [Fact]
    public async Task An_interrupted_run_leaves_one_too()
    {
        using var build = SampleProcess.Start(_repository.Root, "Patient CleanUp");
        await build.Until("patient target is running");
        build.Signal(PosixSignal.SIGTERM);
        (await build.Exit()).ShouldBe(143, build.Output);

        var text = await Report();

        (await Schema.Complaints("build-report", text)).ShouldBeEmpty();
        using var report = JsonDocument.Parse(text);
        report.RootElement.GetProperty("outcome").GetString().ShouldBe("interrupted");
        Statuses(report).ShouldBe("Patient:aborted CleanUp:succeeded");
    }

    [Fact]
    public async Task The_schema_refuses_a_report_that_lacks_something()
    {
        using var build = SampleProcess.Start(_repository.Root, "Hello");
        await build.Exit();

        var text = await Report();

        (await Schema.Complaints("build-report", text.Replace("\"outcome\"", "\"outcomes\"", StringComparison.Ordinal))).ShouldNotBeEmpty();
    }

    private Task<string> Report() => File.ReadAllTextAsync(Path.Combine(_repository.Root, ".nuke", "temp", "build-report.json"), TestContext.Current.CancellationToken);

    private static string Statuses(JsonDocument report) => string.Join(' ', report.RootElement.GetProperty("targets").EnumerateArray()
        .Select(target => $"{target.GetProperty("name").GetString()}:{target.GetProperty("status").GetString()}"));
}
