using System.Diagnostics;
using Nuke.Common;
using Tidegate.BuildHost.Completion;
using Tidegate.BuildHost.Execution;
using Tidegate.BuildHost.Tests.Support;

namespace Tidegate.BuildHost.Tests.Completion;

public sealed class CompletionTests : IDisposable
{
    private readonly Repository _repository = new();

    public static bool HasBash => File.Exists("/bin/bash");

    public void Dispose() => _repository.Dispose();

    [Theory]
    [InlineData("Co", "Compile")]
    [InlineData("", "Compile Test")]
    [InlineData("Compile|T", "Test")]
    [InlineData("Compile|", "Test")]
    [InlineData("--conf", "--configuration")]
    [InlineData("Compile|--nuget-a", "--nuget-api-key")]
    [InlineData("-NuGetA", "--nuget-api-key")]
    [InlineData("Compile|--configuration|", "Debug Release")]
    [InlineData("--configuration|R", "Release")]
    [InlineData("--configuration=R", "--configuration=Release")]
    [InlineData("--configuration|=|R", "Release")]
    [InlineData("--verbosity|m", "Minimal")]
    [InlineData("--skip|T", "Test")]
    [InlineData("--profile|", "staging")]
    [InlineData("--host|GitH", "GitHubActions")]
    [InlineData("--completion|", "bash pwsh zsh")]
    [InlineData("--nuget-api-key|", "")]
    [InlineData("Nothing", "")]
    [InlineData("\"\"", "Compile Test")]
    public void What_fits_at_the_cursor_is_offered(string words, string answers)
    {
        _repository.WithFile(".nuke/parameters.staging.json", "{}").WithFile(".nuke/parameters.json", "{}");
        var build = new CompletedBuild();
        var session = new BuildSession(typeof(CompletedBuild), ["--root", _repository.Root], new Dictionary<string, string>());
        build.Session = session;

        CompletionAnswers.For(session, build, TargetGraph.Of(build, [], []), words.Split('|')).ShouldBe(answers.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void A_name_that_is_there_already_is_not_offered_again()
    {
        var build = new CompletedBuild();
        var session = new BuildSession(typeof(CompletedBuild), [], new Dictionary<string, string>());

        CompletionAnswers.For(session, build, [], ["--plan", "--pl"]).ShouldBeEmpty();
        CompletionAnswers.For(session, build, [], ["--pl"]).ShouldBe(["--plan"]);
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("pwsh")]
    public void Each_shell_has_its_script(string shell)
    {
        var run = _repository.Run<CompletedBuild>($"--completion {shell}");

        run.ExitCode.ShouldBe(0);
        run.Output.ShouldBeAsApproved($"completion/{shell}.txt");
    }

    [Fact]
    public void A_shell_that_has_none_is_refused_with_those_that_have() =>
        _repository.Run<CompletedBuild>("--completion fish").Errors.ShouldContain("Write --completion bash, --completion zsh, --completion pwsh.");

    [Fact(Skip = "there is no bash", SkipUnless = nameof(HasBash))]
    public async Task In_bash_the_script_gets_its_answers_from_the_build_that_is_typed()
    {
        var script = Path.Combine(_repository.Root, "build.sh");
        File.WriteAllText(script, $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "Tidegate.SampleBuild.dll")}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var start = new ProcessStartInfo("/bin/bash") { RedirectStandardOutput = true, WorkingDirectory = _repository.Root };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("source <(./build.sh --completion bash); complete -p build.sh; COMP_WORDS=(./build.sh Hello --ti); COMP_CWORD=2; _tidegate_build; echo \"${COMPREPLY[@]}\"");

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        output.ReplaceLineEndings("\n").ShouldBe("complete -o default -F _tidegate_build build.sh\n--times --timings\n");
    }

    private enum Configuration
    {
        Debug,
        Release,
    }

    private class CompletedBuild : NukeBuild
    {
        [Parameter] readonly Configuration Configuration = Configuration.Debug;
        [Parameter, Secret] readonly string NuGetApiKey = null!;

        Target Compile => _ => _.Executes(() => { });
        Target Test => _ => _.Requires(() => NuGetApiKey).OnlyWhenDynamic(() => Configuration == Configuration.Release).Executes(() => { });
        Target Hidden => _ => _.Unlisted().Executes(() => { });
    }
}
