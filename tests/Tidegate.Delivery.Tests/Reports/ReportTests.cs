using Tidegate.Engine;
using Tidegate.Engine.Simulation;
using Tidegate.Pipeline.Reports;
using Tidegate.Testing;

namespace Tidegate.Delivery.Tests.Reports;

public sealed class ReportTests
{
    [Fact]
    public async Task A_release_that_is_rolled_back_as_its_report_tells_it()
    {
        var rehearsal = new Rehearsal();
        await rehearsal.RunAsync(Stage.DeployAlpha, new Nobody());
        rehearsal.Platform.Versions[Rehearsal.New.Digest] = new SimulatedVersion(ErrorRate: 0.3);
        await rehearsal.RunAsync(Stage.DeployBeta, new Nobody());

        var runs = RunTimeline.Fold(await rehearsal.RecordsAsync("alpha")).Concat(RunTimeline.Fold(await rehearsal.RecordsAsync("beta")));

        Approved.Matches("report", Rehearsal.Named(MarkdownReport.Write(Rehearsal.New, runs)));
    }

    [Fact]
    public async Task A_report_is_of_one_artifact()
    {
        var rehearsal = new Rehearsal();
        await rehearsal.RunAsync(Stage.DeployAlpha, new Nobody());

        MarkdownReport.Write(Rehearsal.Old, RunTimeline.Fold(await rehearsal.RecordsAsync("alpha"))).ShouldEndWith("No stage of it was begun.\n");
    }

    [Fact]
    public void What_others_wrote_is_no_markup_in_a_report()
    {
        const string Payload = "</td><script>alert(1)</script>\n# big | `x` ![i](http://h) **b**";
        var plan = new ReleasePlan("r", Stage.DeployBeta, "beta", Rehearsal.New with { Version = Payload }, Payload, [new(Payload, 0, [], Some.Bakes(8).Step(0))], [], false, Some.Gate(), Reaction.RollBack, 2, TimeSpan.FromSeconds(30));
        var failed = new ReleaseEvent.Judged(0, new(Verdict.Unhealthy, [new(Payload, Verdict.Unhealthy, Payload)], [Payload]));
        var run = new StageRun(ReleaseMachine.Evolve(ReleaseMachine.Evolve(Release.Begin(plan), new ReleaseEvent.Placed(0)), failed), 1, Some.Noon, Some.Noon, Payload);

        var report = MarkdownReport.Write(Rehearsal.New with { Version = Payload }, [new(run, [new(Some.Noon, failed)])]);

        report.ShouldNotContain("<script");
        report.Replace("\\]", "").ShouldNotContain("](http");
        report.Split('\n').Count(l => l.StartsWith('#')).ShouldBe(3);
        report.Split('\n').Where(l => l.StartsWith('|')).ShouldAllBe(l => l.Replace("\\|", "").Count(c => c == '|') >= 5);
    }

    [Fact]
    public async Task The_status_of_every_environment_in_the_middle_of_a_release()
    {
        var rehearsal = new Rehearsal();
        await rehearsal.RunAsync(Stage.DeployAlpha, new Nobody());
        await rehearsal.RunAsync(Stage.DeployBeta, new Nobody());
        rehearsal.Platform.SharedOutageAfter = TimeSpan.FromSeconds(18);
        await rehearsal.RunAsync(Stage.Canary, new Nobody());

        var status = await rehearsal.StatusAsync();

        Approved.Matches("status", Rehearsal.Named(TestConsole.Draw(StatusTable.Of(status))));
    }

    [Fact]
    public async Task An_environment_that_cannot_be_seen_is_told_as_that()
    {
        var status = (await new Rehearsal().StatusAsync()).Select(s => s with { Seen = new ObserveResult.Unreachable("no answer [red]within 2s") }).ToList();

        var text = TestConsole.Draw(StatusTable.Of(status));

        text.Split('\n').Count(l => l.Contains("not known: no answer [red]within 2s")).ShouldBe(4);
    }

    [Fact]
    public void Every_end_has_words_and_a_next_step() => Approved.Matches(
        "outcomes",
        string.Join('\n', Enum.GetValues<Outcome>().Select(o => Outcomes.Describe(o, "the reason that was told"))) + "\n");

    [Fact]
    public void A_reason_cannot_begin_a_line()
    {
        Outcomes.Describe(Outcome.Held, "a\n::add-mask::b\r##vso[x]\u001b[0m").ToString().Any(char.IsControl).ShouldBeFalse();
    }

    private sealed class Nobody : IReleaseProgress
    {
        public void Report(ReleaseProgress what) { }
    }
}
