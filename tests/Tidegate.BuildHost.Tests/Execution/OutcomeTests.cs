using Nuke.Common;
using Tidegate.BuildHost.Tests.Support;

namespace Tidegate.BuildHost.Tests.Execution;

public class OutcomeBuild : NukeBuild
{
    [Parameter] readonly string Key = null!;

    public List<string> Life { get; } = [];
    public bool Open { get; set; } = true;

    Target Prepare => _ => _.Executes(() => { });
    Target Fail => _ => _.DependsOn(Prepare).Executes(() => throw new InvalidDataException("first line\nsecond line"));
    Target FailButGoOn => _ => _.ProceedAfterFailure().Executes(() => throw new InvalidDataException("never mind"));
    Target After => _ => _.DependsOn(Fail).Executes(() => { });
    Target AfterGoOn => _ => _.DependsOn(FailButGoOn).Executes(() => { });
    Target Assured => _ => _.After(Fail).AssuredAfterFailure().Executes(() => { });
    Target Code => _ => _.Executes(() => ExitCode = 20);
    Target CodeAndFail => _ => _.Executes(() => { ExitCode = 11; throw new InvalidDataException(); });
    Target NeedsKey => _ => _.DependsOn(Prepare).Requires(() => Key).Requires(() => Open).Executes(() => { });
    Target Dynamic => _ => _.DependsOn(Prepare).OnlyWhenDynamic(() => Life.Contains("succeeded Prepare") && !Open).Executes(() => { });
    Target Dependent => _ => _.DependsOn(Dynamic).Executes(() => { });
    Target Throwing => _ => _.OnlyWhenDynamic(() => Key.Length > 0).Executes(() => { });
    Target Refusing => _ => _.DependsOn(Prepare).OnlyWhenStatic(() => Refused()).Executes(() => { });
    Target Told => _ => _.Executes(() => ReportSummary(_ => { _["Packages"] = "3"; return _; }));

    bool Refused()
    {
        ExitCode = 40;
        throw new InvalidDataException("the ledger is damaged");
    }

    protected internal override void OnBuildCreated() => Life.Add($"created {Key}");
    protected internal override void OnBuildInitialized() => Life.Add($"initialized {ExecutionPlan.Count}");
    protected internal override void OnBuildFinished() => Life.Add($"finished {ExitCode}");
    protected internal override void OnTargetRunning(string target) => Life.Add($"running {target}");
    protected internal override void OnTargetSucceeded(string target) => Life.Add($"succeeded {target}");
    protected internal override void OnTargetFailed(string target) => Life.Add($"failed {target}");
    protected internal override void OnTargetSkipped(string target) => Life.Add($"skipped {target}");
}

public class CyclicBuild : NukeBuild
{
    Target A => _ => _.DependsOn(B);
    Target B => _ => _.After(A);
    Target Free => _ => _.Executes(() => { });
}

public class BrokenBuild : NukeBuild
{
    Target Free => _ => _.Executes(() => { });
    Target Broken => _ => throw new InvalidDataException("no such thing");
    Target Foreign => _ => _.DependsOn(x => x);
    Target Typed => _ => _.DependsOn<IOneGo>();
    Target Tolerant => _ => _.TryDependsOn<IOneGo>();
}



public sealed class OutcomeTests : IDisposable
{
    private readonly Repository _repository = new();

    public void Dispose() => _repository.Dispose();

    [Fact]
    public void After_a_failure_only_assured_targets_run_and_the_exit_code_is_1()
    {
        var run = _repository.Run<OutcomeBuild>("After Assured");

        run.Statuses.ShouldBe("Prepare:Succeeded Fail:Failed Assured:Succeeded After:NotRun");
        run.ExitCode.ShouldBe(1);
        run.Output.ShouldContain("InvalidDataException: first line");
        run.Output.ShouldContain("Build failed on ");
    }

    [Fact]
    public void A_target_may_fail_without_stopping_the_others_but_the_build_fails()
    {
        var run = _repository.Run<OutcomeBuild>("AfterGoOn");

        run.Statuses.ShouldBe("FailButGoOn:Failed AfterGoOn:Succeeded");
        run.ExitCode.ShouldBe(1);
    }

    [Theory]
    [InlineData("Code", 20)]
    [InlineData("CodeAndFail", 11)]
    [InlineData("Prepare", 0)]
    public void The_exit_code_that_the_build_has_set_counts(string target, int code) => _repository.Run<OutcomeBuild>(target).ExitCode.ShouldBe(code);

    [Fact]
    public void A_requirement_without_a_value_stops_everything_before_it_starts()
    {
        var run = _repository.Run<OutcomeBuild>("NeedsKey");

        run.ExitCode.ShouldBe(30);
        run.Errors.ShouldContain("target NeedsKey: it requires 'Key', which has no value");
        run.Errors.ShouldContain("Give --key <value>, or set the variable KEY.");
        ((OutcomeBuild)run.Build).Life.ShouldNotContain("running Prepare");
        _repository.Run<OutcomeBuild>("NeedsKey --key k").ExitCode.ShouldBe(0);
    }

    [Fact]
    public void A_dynamic_condition_is_asked_after_the_dependencies_and_dependents_still_run()
    {
        var run = _repository.Run<OutcomeBuild>("Dependent");

        run.Statuses.ShouldBe("Prepare:Succeeded Dynamic:Skipped Dependent:Succeeded");
    }

    [Fact]
    public void A_condition_that_throws_fails_the_build()
    {
        var run = _repository.Run<OutcomeBuild>("Throwing");

        run.Statuses.ShouldBe("Throwing:NotRun");
        run.ExitCode.ShouldBe(1);
    }

    [Theory]
    [InlineData("Refusing")]
    [InlineData("Refusing --plan")]
    public void A_static_condition_that_sets_the_exit_code_and_throws_ends_the_build_with_it_before_anything_runs(string arguments)
    {
        var run = _repository.Run<OutcomeBuild>(arguments);

        run.ExitCode.ShouldBe(40);
        (run.Output + run.Errors).ShouldContain("the ledger is damaged");
        run.Errors.ShouldNotContain("has to be mended");
        ((OutcomeBuild)run.Build).Life.ShouldNotContain("running Prepare");
    }

    [Fact]
    public void The_build_is_told_of_its_life_in_order()
    {
        var run = _repository.Run<OutcomeBuild>("Prepare --key k");

        ((OutcomeBuild)run.Build).Life.ShouldBe(["created k", "initialized 1", "running Prepare", "succeeded Prepare", "finished 0"]);
    }

    [Fact]
    public void Notes_of_a_target_stand_behind_its_line_in_the_summary() =>
        _repository.Run<OutcomeBuild>("Told").Output.ShouldContain("// Packages: 3");

    [Theory]
    [InlineData("After --skip Fail", "Prepare:Skipped Fail:Skipped After:Succeeded")]
    [InlineData("After --skip", "Prepare:Skipped Fail:Skipped After:Succeeded")]
    [InlineData("After Prepare --skip Fail", "Prepare:Succeeded Fail:Skipped After:Succeeded")]
    public void Skip_leaves_out_targets_and_what_only_they_need_but_never_what_was_named(string arguments, string statuses) =>
        _repository.Run<OutcomeBuild>(arguments).Statuses.ShouldBe(statuses);

    [Fact]
    public void The_plan_tells_the_order_and_what_would_be_skipped_and_why_and_runs_nothing()
    {
        var run = _repository.Run<OutcomeBuild>("After Dynamic --skip Fail --plan");

        run.ExitCode.ShouldBe(0);
        run.Output.ReplaceLineEndings("\n").ShouldBe(
            """
              1. Prepare
              2. Dynamic   -> Prepare; only when Life.Contains("succeeded Prepare") && !Open, asked in its turn
              3. Fail      skipped: --skip; -> Prepare
              4. After     -> Fail

            """.ReplaceLineEndings("\n"));
        ((OutcomeBuild)run.Build).Life.ShouldNotContain("running Prepare");
    }

    [Fact]
    public void A_cycle_anywhere_is_refused_even_when_another_target_was_chosen()
    {
        var run = _repository.Run<CyclicBuild>("Free");

        run.ExitCode.ShouldBe(30);
        run.Errors.ShouldContain("circular dependency: A <- B <- A");
    }

    [Fact]
    public void Everything_that_is_wrong_with_the_targets_is_said_at_once()
    {
        var run = _repository.Run<BrokenBuild>("Free");

        run.ExitCode.ShouldBe(30);
        run.Errors.ShouldContain("target Broken: its definition fails: no such thing");
        run.Errors.ShouldContain("target Foreign: DependsOn names something that is no target of this build");
        run.Errors.ShouldContain("target Typed: its definition fails: 'BrokenBuild' does not implement 'IOneGo'");
        run.Errors.ShouldNotContain("Tolerant");
    }

    [Fact]
    public void Without_targets_and_without_a_default_the_help_is_shown()
    {
        var run = _repository.Run<OutcomeBuild>("");

        run.ExitCode.ShouldBe(0);
        run.Output.ShouldContain("Targets (with their direct dependencies):");
    }
}
