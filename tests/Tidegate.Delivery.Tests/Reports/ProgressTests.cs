using Tidegate.Engine;
using Tidegate.Engine.Simulation;
using Tidegate.Pipeline.Reports;
using Tidegate.Testing;

namespace Tidegate.Delivery.Tests.Reports;

public sealed class ProgressTests
{
    [Fact]
    public async Task A_healthy_canary_as_a_log_tells_it() => Approved.Matches("plain healthy canary", await PlainAsync(Stage.Canary));

    [Fact]
    public async Task A_canary_that_fails_requests_as_a_log_tells_it() =>
        Approved.Matches("plain failing canary", await PlainAsync(Stage.Canary, p => p.Versions[Rehearsal.New.Digest] = new SimulatedVersion(ErrorRate: 0.3)));

    [Fact]
    public async Task An_incident_that_hits_both_versions_as_a_log_tells_it() =>
        Approved.Matches("plain shared outage", await PlainAsync(Stage.Canary, p => p.SharedOutageAfter = TimeSpan.FromSeconds(4)));

    [Fact]
    public async Task An_artifact_that_does_not_start_in_alpha_as_a_log_tells_it() =>
        Approved.Matches("plain crash in alpha", await PlainAsync(Stage.DeployAlpha, p => p.Versions[Rehearsal.New.Digest] = new SimulatedVersion(CrashesAtStart: true)));

    [Fact]
    public async Task A_log_has_no_escape_codes_and_each_line_begins_with_the_time_whoever_wrote_the_rest()
    {
        using var output = new StringWriter();
        var progress = ReleaseConsole.For(TestConsole.Terminal(output), interactive: false, new Rehearsal().Time);
        foreach (var report in await ReportsAsync(Stage.Canary, p => p.Versions[Rehearsal.New.Digest] = new SimulatedVersion(ErrorRate: 0.3))) progress.Report(report);
        foreach (var report in Hostile()) progress.Report(report);

        var lines = output.ToString().ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

        lines.Length.ShouldBeGreaterThan(10);
        lines.ShouldAllBe(l => System.Text.RegularExpressions.Regex.IsMatch(l, @"^\[\d\d:\d\d\] "));
        string.Concat(lines).Any(char.IsControl).ShouldBeFalse();
    }

    [Fact]
    public async Task The_live_picture_shows_step_shares_bake_and_signals()
    {
        var picture = ReleasePicture.Empty;
        var pictures = new List<string>();
        var looks = 0;
        foreach (var report in await ReportsAsync(Stage.RegionWaves, p => p.Versions[Rehearsal.New.Digest] = new SimulatedVersion(ErrorRate: 0.2)))
        {
            picture = picture.Add(report);
            if (report is ReleaseProgress.Looked && ++looks == 4 || report is ReleaseProgress.Moved { Event: ReleaseEvent.Judged or ReleaseEvent.Restored } && pictures.Count < 4)
            {
                pictures.Add(TestConsole.Draw(picture.Draw(unicode: true)));
            }
        }

        Approved.Matches("live picture", Rehearsal.Named(string.Join("\n----\n", pictures)));
    }

    [Fact]
    public async Task On_a_terminal_transitions_stay_and_the_picture_is_drawn_over()
    {
        using var output = new StringWriter { NewLine = "\n" };
        var progress = ReleaseConsole.For(TestConsole.Terminal(output), interactive: true, new Rehearsal().Time);
        foreach (var report in await ReportsAsync(Stage.Canary)) progress.Report(report);

        var screen = Screen.After(output.ToString());

        screen.Split('\n').Count(l => l.Contains("Canary of orders")).ShouldBe(1);
        screen.Split('\n').Count(l => l.Contains("healthy: every signal is healthy")).ShouldBe(2);
        screen.ShouldContain("RELEASED (exit 0)");
        screen.ShouldNotContain("waiting for");
    }

    [Fact]
    public async Task A_picture_higher_than_the_terminal_is_cut_so_that_it_can_be_drawn_over()
    {
        using var output = new StringWriter { NewLine = "\n" };
        var progress = ReleaseConsole.For(TestConsole.Terminal(output, height: 6), interactive: true, new Rehearsal().Time);
        foreach (var report in await ReportsAsync(Stage.RegionWaves)) progress.Report(report);

        Screen.After(output.ToString()).Split('\n').Count(l => l.Contains("RegionWaves of orders")).ShouldBe(1);
    }

    [Fact]
    public async Task An_interrupted_run_leaves_its_last_picture()
    {
        using var output = new StringWriter { NewLine = "\n" };
        using (var progress = ReleaseConsole.For(TestConsole.Terminal(output), interactive: true, new Rehearsal().Time))
        {
            foreach (var report in (await ReportsAsync(Stage.Canary)).TakeWhile(r => r is not ReleaseProgress.Moved { Event: ReleaseEvent.Judged })) progress.Report(report);
        }

        Screen.After(output.ToString()).ShouldContain("ready ", customMessage: "the signals of the last look");
    }

    [Fact]
    public async Task NO_COLOR_is_honoured()
    {
        using var plain = new StringWriter();
        using var coloured = new StringWriter();
        foreach (var (output, environment) in new[] { (plain, (Dictionary<string, string>?)new() { ["NO_COLOR"] = "1", ["TERM"] = "xterm-256color" }), (coloured, null) })
        {
            var progress = ReleaseConsole.For(TestConsole.Terminal(output, environment: environment), interactive: true, new Rehearsal().Time);
            foreach (var report in await ReportsAsync(Stage.Canary)) progress.Report(report);
        }

        const string Colour = "\u001b\\[([0-9]+;)*(3[0-9]|9[0-7])";
        System.Text.RegularExpressions.Regex.IsMatch(coloured.ToString(), Colour).ShouldBeTrue();
        System.Text.RegularExpressions.Regex.IsMatch(plain.ToString(), Colour).ShouldBeFalse();
    }

    [Fact]
    public async Task A_closed_pipe_silences_the_progress_and_stops_nothing()
    {
        using var closed = new StringWriter();
        await closed.DisposeAsync();
        using var progress = ReleaseConsole.For(TestConsole.Pipe(closed), interactive: false, new Rehearsal().Time);

        (await new Rehearsal().RunAsync(Stage.DeployAlpha, progress)).State.ShouldBeOfType<ReleaseState.Delivered>();
    }

    private static IEnumerable<ReleaseProgress> Hostile()
    {
        var plan = new ReleasePlan("r", Stage.Canary, "production", Rehearsal.New with { Version = "1\n::error::x" }, "c", [new("at 10 %", 0, [], Some.Bakes(8).Step(0))], [], false, Some.Gate(), Reaction.RollBack, 2, TimeSpan.FromSeconds(30));
        var release = Release.Begin(plan);
        yield return new ReleaseProgress.Began(release, false);
        foreach (var payload in new[] { "a\n::set-output name=x::y", "a\r##vso[task.complete]", "\u001b[31mred", "a\u2028::stop-commands::x" })
        {
            yield return new ReleaseProgress.Moved(release, new ReleaseEvent.PlacementFailed(0, payload));
            yield return new ReleaseProgress.Moved(release, new ReleaseEvent.Judged(0, new(Verdict.Unhealthy, [new(payload, Verdict.Unhealthy, payload)], [payload])));
            yield return new ReleaseProgress.Moved(release, new ReleaseEvent.Decided(Decision.Stop, payload, payload));
            yield return new ReleaseProgress.Ended(release, Outcome.Stopped, payload);
        }
    }

    private static async Task<string> PlainAsync(Stage stage, Action<SimulatedPlatform>? arrange = null)
    {
        var rehearsal = new Rehearsal();
        arrange?.Invoke(rehearsal.Platform);
        using var output = new StringWriter { NewLine = "\n" };
        using var progress = ReleaseConsole.For(TestConsole.Pipe(output), interactive: false, rehearsal.Time);

        await rehearsal.RunAsync(stage, progress);

        return Rehearsal.Named(output.ToString());
    }

    private static async Task<IReadOnlyList<ReleaseProgress>> ReportsAsync(Stage stage, Action<SimulatedPlatform>? arrange = null)
    {
        var rehearsal = new Rehearsal();
        arrange?.Invoke(rehearsal.Platform);
        var recording = new Recording();
        await rehearsal.RunAsync(stage, recording);
        return recording.Reports;
    }

    private sealed class Recording : IReleaseProgress
    {
        public List<ReleaseProgress> Reports { get; } = [];

        public void Report(ReleaseProgress what) => Reports.Add(what);
    }
}
