using System.Runtime.InteropServices;
using Tidegate.BuildHost.Tests.Support;

namespace Tidegate.BuildHost.Tests.Execution;

public sealed class ProcessTests : IDisposable
{
    private readonly Repository _repository = new();

    public void Dispose() => _repository.Dispose();

    [Theory]
    [InlineData("Hello", 0)]
    [InlineData("Fail", 1)]
    [InlineData("ChooseCode", 20)]
    [InlineData("Helo", 30)]
    [InlineData("--dry-run Hello", 30)]
    [InlineData("--help", 0)]
    public async Task The_process_answers_the_outcome(string arguments, int code)
    {
        using var build = Start(arguments);

        (await build.Exit()).ShouldBe(code, build.Output);
    }

    [Fact]
    public async Task Output_in_a_pipe_has_no_colours_and_the_known_form()
    {
        using var build = Start("Hello --who you");

        await build.Exit();

        build.Output.ShouldNotContain("\e[");
        build.Output.ShouldMatch(@"(?m)^\d\d:\d\d:\d\d \[INF\] Hello you\r?$");
    }

    [Fact]
    public async Task A_secret_reaches_neither_the_console_nor_the_log_nor_the_summary()
    {
        const string secret = "s3cr3t-t0k3n";
        using var build = Start("Leak --verbosity verbose", ("TOKEN", secret));

        (await build.Exit()).ShouldBe(0, build.Output);

        build.Output.ShouldNotContain(secret);
        build.Output.ShouldContain("The token is [REDACTED]");
        build.Output.ShouldContain("and [REDACTED] on the console");
        build.Output.ShouldContain("// Token: [REDACTED]");
        var log = await File.ReadAllTextAsync(Path.Combine(build.Root, ".nuke", "temp", "build.log"), TestContext.Current.CancellationToken);
        log.ShouldContain("[REDACTED]");
        log.ShouldNotContain(secret);
    }

    [Theory]
    [InlineData("GITHUB_ACTIONS", "::error::forged", "::group::Speak")]
    [InlineData("TF_BUILD", "##vso[task.complete result=Succeeded;]forged", "##[group]Speak")]
    [InlineData("TEAMCITY_VERSION", "##teamcity[buildNumber 'forged']", "##teamcity[blockOpened name='Speak']")]
    public async Task Another_program_cannot_give_commands_to_the_server(string variable, string forged, string group)
    {
        using var build = Start("Speak", (variable, "true"), ("WORDS", forged));

        (await build.Exit()).ShouldBe(0, build.Output);

        build.Output.ShouldContain(group);
        build.Output.ShouldContain("forged");
        build.Output.ReplaceLineEndings("\n").Split('\n').ShouldNotContain(line => line.TrimStart().StartsWith("::error", StringComparison.Ordinal));
        build.Output.ShouldNotContain("##vso[task.complete");
        build.Output.ShouldNotContain("##teamcity[buildNumber");
    }

    [Theory]
    [InlineData(PosixSignal.SIGINT, 130)]
    [InlineData(PosixSignal.SIGTERM, 143)]
    public async Task A_signal_aborts_the_target_runs_assured_ones_and_prints_the_summary(PosixSignal signal, int code)
    {
        using var build = Start("Child CleanUp Hello");
        await build.Until("child target is running");

        build.Signal(signal);

        (await build.Exit()).ShouldBe(code, build.Output);
        build.Output.ShouldContain("cleaned up");
        build.Output.ShouldMatch(@"(?m)^Child +(Aborted|Failed)");
        build.Output.ShouldContain("Build interrupted on");
    }

    [Fact]
    public async Task A_target_that_does_not_care_is_left_behind_after_its_grace()
    {
        using var build = Start("Stubborn CleanUp");
        await build.Until("stubborn target is running");

        build.Signal(PosixSignal.SIGTERM);

        (await build.Exit()).ShouldBe(143, build.Output);
        build.Output.ShouldMatch("(?m)^Stubborn +Aborted");
        build.Output.ShouldContain("cleaned up");
    }

    [Fact]
    public async Task A_target_that_handles_the_signal_itself_ends_when_it_wants_and_nothing_follows_it()
    {
        using var build = Start("Late CleanUp");
        await build.Until("graceful target is running");

        build.Signal(PosixSignal.SIGTERM);

        (await build.Exit()).ShouldBe(143, build.Output);
        build.Output.ShouldContain("graceful target has parked");
        build.Output.ShouldNotContain("too late");
        build.Output.ShouldContain("cleaned up");
    }

    [Theory]
    [InlineData(PosixSignal.SIGINT, 130)]
    [InlineData(PosixSignal.SIGTERM, 143)]
    public async Task A_target_that_takes_a_token_ends_by_it(PosixSignal signal, int code)
    {
        using var build = Start("Patient CleanUp");
        await build.Until("patient target is running");

        build.Signal(signal);

        (await build.Exit()).ShouldBe(code, build.Output);
        build.Output.ShouldMatch("(?m)^Patient +Aborted");
        build.Output.ShouldContain("cleaned up");
    }

    [Fact]
    public async Task A_second_signal_ends_the_build_at_once_whatever_it_handles()
    {
        using var build = Start("Deaf CleanUp");
        await build.Until("deaf target is running");
        build.Signal(PosixSignal.SIGINT);
        await build.Until("SIGINT received");

        build.Signal(PosixSignal.SIGINT);

        (await build.Exit()).ShouldBe(130, build.Output);
        build.Output.ShouldNotContain("cleaned up");
    }

    private SampleProcess Start(string arguments, params (string Name, string Value)[] variables) => SampleProcess.Start(_repository.Root, arguments, variables);
}
