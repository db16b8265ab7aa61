using Nuke.Common;
using Nuke.Common.Execution;
using Tidegate.BuildHost.Execution;
using Tidegate.BuildHost.Reports;
using Tidegate.BuildHost.Tests.Support;

namespace Tidegate.BuildHost.Tests.Reports;

public sealed class TimingsTests : IDisposable
{
    private const string Past = """{ "Work": [1000, 2000, 3000, 2000, 2000] }""";
    private readonly Repository _repository = new();

    public void Dispose() => _repository.Dispose();

    [Fact]
    public void Past_runs_are_shown_on_request()
    {
        _repository.WithFile(".nuke/temp/timings.json", Past);

        var run = _repository.Run<WorkBuild>("--timings");

        run.ExitCode.ShouldBe(0);
        run.Output.ReplaceLineEndings("\n").ShouldBe(
            "Target             runs       last     median        min        max\n"
            + "Work                  5    2.000 s    2.000 s    1.000 s    3.000 s\n");
    }

    [Fact]
    public void Every_run_adds_its_own_and_old_ones_are_forgotten()
    {
        _repository.WithFile(".nuke/temp/timings.json", $$"""{ "Work": [{{string.Join(',', Enumerable.Repeat(5, 20))}}], "Gone": [7] }""");

        _repository.Run<WorkBuild>("Work").ExitCode.ShouldBe(0);

        var lines = _repository.Run<WorkBuild>("--timings").Output.ReplaceLineEndings("\n").Split('\n');
        lines.ShouldContain(line => line.StartsWith("Gone", StringComparison.Ordinal));
        lines.ShouldContain(line => line.StartsWith("Work ", StringComparison.Ordinal) && line.Contains(" 20 ", StringComparison.Ordinal));
    }

    [Fact]
    public void Where_nothing_has_run_it_says_so() => _repository.Run<WorkBuild>("--timings").Output.ShouldStartWith("No target has run here yet.");

    [Theory]
    [InlineData(13, "0:02")]
    [InlineData(11, null)]
    public void The_summary_mentions_what_took_much_longer_than_usual(int seconds, string? note)
    {
        _repository.WithFile(".nuke/temp/timings.json", Past);
        var session = new BuildSession(typeof(WorkBuild), ["--root", _repository.Root], new Dictionary<string, string>());
        var target = new ExecutableTarget { Name = "Work", Status = ExecutionStatus.Succeeded, Duration = TimeSpan.FromSeconds(seconds) };

        Timings.Take(session, [target]);

        target.SummaryInformation.GetValueOrDefault("Usually").ShouldBe(note);
    }

    [Fact]
    public void What_usually_had_nothing_to_do_is_no_measure()
    {
        _repository.WithFile(".nuke/temp/timings.json", """{ "Work": [5, 5, 5, 5, 5] }""");
        var session = new BuildSession(typeof(WorkBuild), ["--root", _repository.Root], new Dictionary<string, string>());
        var target = new ExecutableTarget { Name = "Work", Status = ExecutionStatus.Succeeded, Duration = TimeSpan.FromSeconds(60) };

        Timings.Take(session, [target]);

        target.SummaryInformation.ShouldNotContainKey("Usually");
    }

    [Fact]
    public void A_broken_file_is_written_anew()
    {
        _repository.WithFile(".nuke/temp/timings.json", "[1, 2");

        _repository.Run<WorkBuild>("Work").ExitCode.ShouldBe(0);

        _repository.Run<WorkBuild>("--timings").Output.ShouldContain("Work");
    }

    private class WorkBuild : NukeBuild
    {
        Target Work => _ => _.Executes(() => { });
    }
}
