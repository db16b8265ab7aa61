using Nuke.Common.Tooling;
using Nuke.Common.Tools.Git;

namespace Tidegate.BuildHost.Tests.Tooling;

public class ProcessTasksTests
{
    [Fact]
    public void Output_is_kept_by_stream_and_the_exit_code_is_asserted()
    {
        var script = "echo out; echo err >&2; exit 3";
        using var process = ProcessTasks.StartProcess("sh", $"-c {script}", logOutput: false, logInvocation: false);

        var failure = Should.Throw<ProcessException>(() => process.AssertZeroExitCode());

        failure.ExitCode.ShouldBe(3);
        failure.Message.ShouldContain("'sh' exited with code 3.");
        failure.Message.ShouldContain("   err");
        process.Output.StdToText().ShouldBe("out");
        process.Output.ShouldContain(line => line.Type == OutputType.Err && line.Text == "err");
    }

    [Fact]
    public void A_process_that_takes_too_long_is_killed()
    {
        using var process = ProcessTasks.StartProcess("sleep", "600", timeout: 50, logInvocation: false);

        Should.Throw<TimeoutException>(() => process.AssertWaitForExit());

        process.HasExited.ShouldBeTrue();
    }

    [Fact]
    public void Variables_that_are_given_are_the_only_ones()
    {
        using var process = ProcessTasks.StartProcess(
            "/usr/bin/env", environmentVariables: new Dictionary<string, string> { ["ONLY"] = "this" }, logOutput: false, logInvocation: false);

        process.AssertZeroExitCode().Output.StdToText().ShouldBe("ONLY=this");
    }

    [Fact]
    public void A_program_that_is_not_there_is_named_with_what_to_do() =>
        Should.Throw<FileNotFoundException>(() => ProcessTasks.StartProcess("no-such-program"))
            .Message.ShouldBe("The program 'no-such-program' is not on the PATH. Install it, or add its folder to the PATH.");

    [Fact]
    public void A_tool_is_a_delegate() =>
        ToolResolver.GetPathTool("echo")($"one {"two three"}", logOutput: false, logInvocation: false).StdToText().ShouldBe("one two three");

    [Fact]
    public void Git_answers_its_output() => GitTasks.Git($"--version", logOutput: false, logInvocation: false).StdToText().ShouldStartWith("git version");
}
