using System.Text.Json;
using Nuke.Common;
using Tidegate.BuildHost.Tests.Support;

namespace Tidegate.BuildHost.Tests.Reports;

public sealed class PlanTests : IDisposable
{
    private readonly Repository _repository = new();

    public void Dispose() => _repository.Dispose();

    [Fact]
    public void The_plan_shows_the_graph_and_what_would_be_skipped_and_why()
    {
        var run = _repository.Run<PlannedBuild>("Publish --plan --skip Lint");

        run.ExitCode.ShouldBe(0);
        run.Output.ReplaceLineEndings("\n").ShouldBe("""
              1. Restore
              2. Lint       skipped: --skip
              3. Compile    -> Restore; after Lint
              4. Docs       skipped: only when false
              5. Publish    -> Compile, Docs, Lint
              6. Announce   triggered by Publish; only when IsServerBuild, asked in its turn

            """.ReplaceLineEndings("\n"));
        run.Build.SucceededTargets.ShouldBeEmpty();
    }

    [Fact]
    public async Task As_JSON_it_says_the_same_and_is_as_its_schema_says()
    {
        var run = _repository.Run<PlannedBuild>("Publish --plan --json --skip Lint");

        run.ExitCode.ShouldBe(0, run.Errors);
        (await Schema.Complaints("build-plan", run.Output)).ShouldBeEmpty();
        using var plan = JsonDocument.Parse(run.Output);
        var targets = plan.RootElement.GetProperty("targets").EnumerateArray().ToArray();
        targets.Select(target => target.GetProperty("name").GetString()).ShouldBe(run.Plan.Split(' '));
        targets[1].GetProperty("skippedBecause").GetString().ShouldBe("--skip");
        targets[2].GetProperty("waitsFor").EnumerateArray().Select(name => name.GetString()).ShouldBe(["Restore", "Lint"]);
        targets[5].GetProperty("onlyWhen").EnumerateArray().Select(text => text.GetString()).ShouldBe(["IsServerBuild"]);
    }

    [Fact]
    public async Task What_would_be_refused_is_in_the_JSON_too_with_exit_code_30()
    {
        var run = _repository.Run<PlannedBuild>("Deploy --plan --json");

        run.ExitCode.ShouldBe(30);
        (await Schema.Complaints("build-plan", run.Output)).ShouldBeEmpty();
        using var plan = JsonDocument.Parse(run.Output);
        plan.RootElement.GetProperty("problems")[0].GetProperty("what").GetString().ShouldBe("it requires 'Place', which has no value");
    }

    [Fact]
    public void JSON_without_a_plan_is_refused() =>
        _repository.Run<PlannedBuild>("Restore --json").Errors.ShouldContain("--json: it belongs to --plan");

    [Fact]
    public void A_build_that_has_a_parameter_of_that_name_keeps_it()
    {
        var run = _repository.Run<OwnJsonBuild>("Show --json table");

        (run.ExitCode, ((OwnJsonBuild)run.Build).Shown).ShouldBe((0, "table"), run.Errors);
    }

    private class PlannedBuild : NukeBuild
    {
        [Parameter] readonly string Place = null!;

        Target Announce => _ => _.TriggeredBy(Publish).OnlyWhenDynamic(() => IsServerBuild).Executes(() => { });
        Target Publish => _ => _.DependsOn(Compile, Docs, Lint).Executes(() => { });
        Target Docs => _ => _.OnlyWhenStatic(() => false).Executes(() => { });
        Target Compile => _ => _.DependsOn(Restore).After(Lint).Executes(() => { });
        Target Lint => _ => _.Executes(() => { });
        Target Restore => _ => _.Executes(() => { });
        Target Deploy => _ => _.Requires(() => Place).Executes(() => { });
    }

    private class OwnJsonBuild : NukeBuild
    {
        [Parameter] readonly string Json = null!;

        public string? Shown { get; private set; }

        Target Show => _ => _.Executes(() => Shown = Json);
    }
}
