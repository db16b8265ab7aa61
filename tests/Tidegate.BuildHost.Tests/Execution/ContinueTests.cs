using Nuke.Common;
using Tidegate.BuildHost.Tests.Support;

namespace Tidegate.BuildHost.Tests.Execution;

public sealed class ContinueTests : IDisposable
{
    private readonly Repository _repository = new();

    public void Dispose() => _repository.Dispose();

    [Fact]
    public void What_was_done_before_the_failure_is_left_out()
    {
        _repository.Run<MendedBuild>("Pack").Statuses.ShouldBe("Compile:Succeeded Test:Failed Pack:NotRun");
        _repository.WithFile("mended", "");

        var run = _repository.Run<MendedBuild>("Pack --continue");

        run.Statuses.ShouldBe("Compile:Skipped Test:Succeeded Pack:Succeeded");
        run.Output.ShouldContain("Compile skipped: done in the attempt before");
    }

    [Fact]
    public void A_second_failure_keeps_what_the_first_attempt_did()
    {
        _repository.Run<MendedBuild>("Pack");
        _repository.Run<MendedBuild>("Pack --continue").Statuses.ShouldBe("Compile:Skipped Test:Failed Pack:NotRun");
        _repository.WithFile("mended", "");

        _repository.Run<MendedBuild>("Pack --continue").Statuses.ShouldBe("Compile:Skipped Test:Succeeded Pack:Succeeded");
    }

    [Fact]
    public void Another_command_begins_anew_and_says_so()
    {
        _repository.Run<MendedBuild>("Pack");

        var run = _repository.Run<MendedBuild>("Test --continue");

        run.Statuses.ShouldBe("Compile:Succeeded Test:Failed");
        run.Output.ShouldContain("the command is another one");
    }

    [Fact]
    public void After_success_there_is_nothing_to_go_on_with()
    {
        _repository.WithFile("mended", "").Run<MendedBuild>("Pack");

        var run = _repository.Run<MendedBuild>("Pack --continue");

        run.Statuses.ShouldBe("Compile:Succeeded Test:Succeeded Pack:Succeeded");
        run.Output.ShouldContain("there is no attempt to go on with");
    }

    private class MendedBuild : NukeBuild
    {
        Target Compile => _ => _.Executes(() => { });
        Target Test => _ => _.DependsOn(Compile).Executes(() => Nuke.Common.Assert.True(File.Exists(RootDirectory / "mended"), "not mended yet"));
        Target Pack => _ => _.DependsOn(Test).Executes(() => { });
    }
}
