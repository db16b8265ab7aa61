using System.Diagnostics;
using Tidegate.BuildHost.Tests.Support;

namespace Tidegate.BuildHost.Tests.Execution;

/// <summary>On a terminal of its own, which the program 'script' lends.</summary>
public sealed class TerminalTests : IDisposable
{
    private const string NoTerminal = "there is no program 'script' that lends a terminal";
    private readonly Repository _repository = new();

    public static bool HasTerminal => OperatingSystem.IsLinux() && File.Exists("/usr/bin/script");

    public void Dispose() => _repository.Dispose();

    [Theory(Skip = NoTerminal, SkipUnless = nameof(HasTerminal))]
    [InlineData("", "xterm", true)]
    [InlineData("1", "xterm", false)]
    [InlineData("", "dumb", false)]
    public async Task There_are_colours_unless_they_are_not_wanted(string noColor, string term, bool coloured)
    {
        var output = await OnTerminal("Hello", columns: 100, noColor, term);

        output.ShouldContain("Hello world");
        output.Contains("\e[32mHello", StringComparison.Ordinal).ShouldBe(coloured, output);
    }

    [Fact(Skip = NoTerminal, SkipUnless = nameof(HasTerminal))]
    public async Task Help_is_broken_at_the_width_of_the_terminal()
    {
        var wide = await OnTerminal("--help", columns: 200);
        var narrow = await OnTerminal("--help", columns: 70);

        wide.Split('\n').Max(line => line.TrimEnd().Length).ShouldBeGreaterThan(70);
        narrow.Split('\n').Max(line => line.TrimEnd().Length).ShouldBeLessThanOrEqualTo(70);
    }

    private async Task<string> OnTerminal(string arguments, int columns, string noColor = "", string term = "xterm")
    {
        var sample = Path.Combine(AppContext.BaseDirectory, "Tidegate.SampleBuild.dll");
        var start = new ProcessStartInfo("/usr/bin/script") { RedirectStandardOutput = true, RedirectStandardInput = true, WorkingDirectory = _repository.Root };
        foreach (var argument in new[] { "-qec", $"stty cols {columns}; exec dotnet '{sample}' {arguments} --root '{_repository.Root}'", "/dev/null" })
            start.ArgumentList.Add(argument);
        start.Environment["NO_COLOR"] = noColor;
        start.Environment["TERM"] = term;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return output;
    }
}
