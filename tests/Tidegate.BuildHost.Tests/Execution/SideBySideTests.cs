using Nuke.Common;
using Serilog;
using Tidegate.BuildHost.Execution;
using Tidegate.BuildHost.Tests.Support;

namespace Tidegate.BuildHost.Tests.Execution;

public sealed class SideBySideTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Repository _repository = new();

    public void Dispose() => _repository.Dispose();

    [Fact]
    public void Independent_targets_run_at_once_and_their_lines_stay_together()
    {
        var run = _repository.Run<MeetingBuild>("Left Right --parallel 2");

        run.ExitCode.ShouldBe(0, run.Output);
        var lines = run.Output.ReplaceLineEndings("\n").Split('\n').Where(line => line.Contains(" says ", StringComparison.Ordinal)).Select(line => line.Split("] ")[1]).ToArray();
        lines.Length.ShouldBe(6);
        lines.Select(line => line.Split(' ')[0]).Chunk(3).ShouldAllBe(block => block.Distinct().Count() == 1);
    }

    [Fact]
    public void Without_the_switch_they_run_in_turn()
    {
        var run = _repository.Run<CountingBuild>("A B C D");

        (run.ExitCode, ((CountingBuild)run.Build).Most).ShouldBe((0, 1));
    }

    [Fact]
    public void No_more_run_at_once_than_allowed()
    {
        var run = _repository.Run<CountingBuild>("A B C D --parallel 2");

        (run.ExitCode, run.Succeeded).ShouldBe((0, "D C B A"));
        ((CountingBuild)run.Build).Most.ShouldBeLessThanOrEqualTo(2);
    }

    [Fact]
    public void Declared_orders_are_kept_and_the_summary_is_in_the_order_of_the_plan()
    {
        var run = _repository.Run<OrderedBuild>("Pack Notes Clean --parallel 8");

        run.ExitCode.ShouldBe(0, run.Output);
        var ended = ((OrderedBuild)run.Build).Ended;
        ended.IndexOf("Clean").ShouldBeLessThan(ended.IndexOf("Compile"));
        ended.IndexOf("Compile").ShouldBeLessThan(ended.IndexOf("Test"));
        ended.IndexOf("Test").ShouldBeLessThan(ended.IndexOf("Pack"));
        var table = run.Output[run.Output.IndexOf("Target  ", StringComparison.Ordinal)..].ReplaceLineEndings("\n").Split('\n');
        table.Select(line => line.Split(' ')[0]).Where(run.Plan.Split(' ').Contains).ShouldBe(run.Plan.Split(' '));
    }

    [Fact]
    public void After_a_failure_nothing_new_begins_but_what_is_assured_which_waits_for_what_is_running()
    {
        var run = _repository.Run<FailingBuild>("Late CleanUp --parallel 4");

        run.ExitCode.ShouldBe(1, run.Output);
        run.Statuses.Split(' ').ShouldBe(["Broken:Failed", "Slow:Succeeded", "Late:NotRun", "CleanUp:Succeeded"], ignoreOrder: true);
        ((FailingBuild)run.Build).SlowHadEnded.ShouldBeTrue();
    }

    [Fact]
    public void A_note_goes_to_the_target_that_made_it()
    {
        var run = _repository.Run<MeetingBuild>("Left Right --parallel");

        run.Build.ExecutionPlan.ShouldAllBe(target => target.SummaryInformation["Me"] == target.Name);
    }

    [Theory]
    [InlineData("A --parallel 0", "'0' targets cannot run at once")]
    [InlineData("A --parallel B", "'B' is not a whole number")]
    public void A_number_that_makes_no_sense_is_refused(string arguments, string reason)
    {
        var run = _repository.Run<CountingBuild>(arguments);

        run.ExitCode.ShouldBe(30);
        run.Errors.ShouldContain(reason);
    }

    [Fact]
    public void A_target_waits_also_through_targets_that_are_not_planned()
    {
        var graph = Graph.Of("A", "Between", "B", "C").After("A", "Between").After("Between", "B");

        var before = Precedence.In([graph["C"], graph["B"], graph["A"]]);

        before[graph["A"]].ShouldBe([graph["B"]]);
        before[graph["C"]].ShouldBeEmpty();
    }

    private class MeetingBuild : NukeBuild
    {
        private readonly Lazy<Barrier> _barrier = new(() => new Barrier(2));

        Target Left => _ => _.Executes(() => Speak("Left"));

        Target Right => _ => _.Executes(() => Speak("Right"));

        private void Speak(string name)
        {
            ReportSummary(notes => { notes["Me"] = name; return notes; });
            for (var word = 1; word <= 3; word++)
            {
                Log.Information("{Name:l} says {Word}", name, word);
                Nuke.Common.Assert.True(_barrier.Value.SignalAndWait(Patience), "the other one never came");
            }
        }
    }

    private class CountingBuild : NukeBuild
    {
        private int _running;
        private int _most;

        public int Most => _most;

        Target A => _ => _.Executes(Count);
        Target B => _ => _.Executes(Count);
        Target C => _ => _.Executes(Count);
        Target D => _ => _.Executes(Count);

        private void Count()
        {
            var now = Interlocked.Increment(ref _running);
            lock (this)
                _most = Math.Max(_most, now);
            for (var turn = 0; turn < 1000; turn++)
                Thread.Yield();
            Interlocked.Decrement(ref _running);
        }
    }

    private class OrderedBuild : NukeBuild
    {
        public List<string> Ended { get; } = [];

        Target Clean => _ => _.Before(Compile).Executes(() => End("Clean"));
        Target Compile => _ => _.Executes(() => End("Compile"));
        Target Test => _ => _.DependsOn(Compile).Executes(() => End("Test"));
        Target Notes => _ => _.Executes(() => End("Notes"));
        Target Pack => _ => _.DependsOn(Test).Executes(() => End("Pack"));

        private void End(string name)
        {
            lock (Ended)
                Ended.Add(name);
        }
    }

    private class FailingBuild : NukeBuild
    {
        private readonly TaskCompletionSource _broken = new();
        private readonly TaskCompletionSource _slowIsRunning = new();
        private bool _slowEnded;

        public bool SlowHadEnded { get; private set; }

        Target Broken => _ => _.Executes(() =>
        {
            _slowIsRunning.Task.Wait(Patience);
            Nuke.Common.Assert.Fail("as it was told");
        });

        Target Slow => _ => _.Executes(() =>
        {
            _slowIsRunning.SetResult();
            _broken.Task.Wait(Patience);
            _slowEnded = true;
        });

        Target Late => _ => _.DependsOn(Broken, Slow).Executes(() => { });

        Target CleanUp => _ => _.After(Late).AssuredAfterFailure().Executes(() => SlowHadEnded = _slowEnded);

        protected internal override void OnTargetFailed(string target) => _broken.TrySetResult();
    }
}
