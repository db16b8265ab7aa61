using Spectre.Console;
using Tidegate.Engine;

namespace Tidegate.Pipeline.Reports;

/// <summary>A live picture of the step that runs, and above it a line for each transition.</summary>
internal sealed class ConsoleProgress(IAnsiConsole console, TimeProvider time) : ReleaseConsole
{
    private readonly LiveRegion _live = new(console);
    private ReleasePicture _picture = ReleasePicture.Empty;
    private long _began = time.GetTimestamp();
    private IReadOnlyList<RegionTarget> _targets = [];

    protected override void Show(ReleaseProgress what)
    {
        _picture = _picture.Add(what);
        switch (what)
        {
            case ReleaseProgress.Began began:
                _began = time.GetTimestamp();
                _targets = began.Release.State is ReleaseState.RollingOut at ? at.Targets : [];
                Say(Tone.Plain, ReleaseWords.Title(began.Release.Plan) + (began.Resumed ? ", going on from the ledger" : ""));
                foreach (var line in ReleaseWords.Expected(began.Release.Plan)) Say(Tone.Plain, line);
                break;

            case ReleaseProgress.Measured measured:
                foreach (var line in ReleaseWords.Warnings(measured)) Say(Tone.Waiting, line);
                break;

            case ReleaseProgress.Moved moved:
                var news = ReleaseWords.Of(moved.Release.Plan, moved.Event, _targets);
                _targets = moved.Release.State is ReleaseState.RollingOut rolling ? rolling.Targets : [];
                Say(news.Tone, news.Text);
                break;

            case ReleaseProgress.Ended ended:
                var words = Outcomes.Describe(ended.Outcome, ended.Because);
                Say(ToneOf(ended.Outcome), $"{words.Title}: {words.Happened}");
                Say(Tone.Plain, words.NextStep);
                return;
        }

        _live.Draw(_picture.Draw(console.Profile.Capabilities.Unicode));
    }

    /// <summary>A run that is interrupted leaves its last picture where it is.</summary>
    protected override void Leave() => _live.Keep();

    private void Say(Tone tone, string text)
    {
        _live.Erase();
        var at = time.GetElapsedTime(_began);
        console.Write(new Markup(FormattableString.Invariant($"[grey]{(int)at.TotalMinutes:00}:{at.Seconds:00}[/] [{ReleasePicture.Colour(tone)}]{Markup.Escape(Foreign.Line(text))}[/]")));
        console.WriteLine();
    }

    private static Tone ToneOf(Outcome outcome) => outcome switch
    {
        Outcome.Released => Tone.Good,
        Outcome.Held or Outcome.Interrupted or Outcome.Terminated or Outcome.Stopped or Outcome.Superseded => Tone.Waiting,
        _ => Tone.Bad,
    };
}
