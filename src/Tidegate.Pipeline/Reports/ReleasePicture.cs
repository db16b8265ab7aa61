using Spectre.Console;
using Spectre.Console.Rendering;
using Tidegate.Engine;

namespace Tidegate.Pipeline.Reports;

/// <summary>What the live picture shows, folded from what was reported. Pure.</summary>
/// <param name="Title">The step, or the way back of a region.</param>
/// <param name="Targets">What is desired, by region, of everything that this run touched so far.</param>
/// <param name="Seen">What was observed last.</param>
/// <param name="Look">The newest look of the bake that runs; null while placing.</param>
internal sealed record ReleasePicture(
    Release? Release,
    string Title,
    IReadOnlyDictionary<string, RegionTarget> Targets,
    EnvironmentObservation? Seen,
    ReleaseProgress.Looked? Look)
{
    public static ReleasePicture Empty { get; } = new(null, "", new Dictionary<string, RegionTarget>(), null, null);

    public ReleasePicture Add(ReleaseProgress what) => what switch
    {
        ReleaseProgress.Began began => Empty with { Release = began.Release },
        ReleaseProgress.Converging now => this with
        {
            Release = now.Release,
            Title = now.Title,
            Targets = Targets.Values.UnionBy(now.Targets, t => t.Region).ToDictionary(t => t.Region, t => now.Targets.FirstOrDefault(n => n.Region == t.Region) ?? t, StringComparer.Ordinal),
            Seen = now.Seen ?? Seen,
            Look = null,
        },
        ReleaseProgress.Looked look => this with { Release = look.Release, Title = look.Step.Title, Look = look },
        ReleaseProgress.Moved { Release.State: ReleaseState.RollingOut rolling } moved => this with
        {
            Release = moved.Release,
            Targets = rolling.Targets.ToDictionary(t => t.Region, StringComparer.Ordinal),
            Look = moved.Event is ReleaseEvent.TargetsChosen ? Look : null,
        },
        ReleaseProgress.Moved moved => this with { Release = moved.Release, Look = null },
        _ => this,
    };

    /// <param name="unicode">The terminal shows block characters; otherwise ASCII does.</param>
    public IRenderable Draw(bool unicode)
    {
        if (Release is not { } release) return new Rows();
        var parts = new List<IRenderable> { new Markup($"[bold]{Safe(ReleaseWords.Title(release.Plan))}[/]"), new Markup(Safe(Headline(release.Plan))), Regions(release.Plan, unicode) };
        if (Look is { } look) parts.AddRange(release.State is ReleaseState.RollingOut ? Signals(look) : Bake(look, unicode));
        return new Rows(parts);
    }

    private string Headline(ReleasePlan plan) => Release!.State switch
    {
        ReleaseState.Placing s => $"{ReleaseWords.Step(plan, s.Step)}: placing",
        ReleaseState.Baking s => $"{ReleaseWords.Step(plan, s.Step)}: watching",
        ReleaseState.RollingOut s => $"{ReleaseWords.Step(plan, s.Step)}: as the evidence allows",
        ReleaseState.Withdrawing => "users are being taken off the new version",
        ReleaseState.RollingBack when !Title.StartsWith("rolling back", StringComparison.Ordinal) => "going back",
        _ => Title,
    };

    /// <summary>The new version's share of each region's traffic, and its ready instances.</summary>
    private Grid Regions(ReleasePlan plan, bool unicode)
    {
        var grid = Columns(4);
        foreach (var target in Targets.Values)
        {
            var seen = Seen?[target.Region];
            var desired = target.Versions.FirstOrDefault(v => v.Digest == plan.Candidate.Digest);
            var share = desired?.Share ?? TrafficShare.None;
            grid.AddRow(
                new Markup(Safe(target.Region)),
                new Markup($"[green]{Bar(share.Ratio, 20, unicode)}[/]"),
                new Markup(Safe(share.ToString())),
                new Markup($"[grey]{Safe(Counts(plan, target, seen))}[/]"));
        }

        return grid;
    }

    /// <summary>Only the last column may wrap.</summary>
    private static Grid Columns(int count)
    {
        var grid = new Grid();
        for (var column = 1; column <= count; column++) grid.AddColumn(new GridColumn { NoWrap = column < count, Padding = new Padding(column == 1 ? 2 : 0, 0, 2, 0) });
        return grid;
    }

    private static string Counts(ReleasePlan plan, RegionTarget target, RegionObservation? seen) => target.Versions.Count == 0
        ? "to be emptied"
        : string.Join(", ", target.Versions.Select(v => $"{ReleaseWords.Version(plan, v.Digest)} {seen?.Of(v.Digest)?.Ready ?? 0}/{v.Instances} ready"));

    private static IEnumerable<IRenderable> Bake(ReleaseProgress.Looked look, bool unicode)
    {
        var (judged, length) = (look.Window.Judged, look.Step.Bake.Length);
        var left = judged < length ? length - judged : TimeSpan.Zero;
        yield return new Markup($"  bake [blue]{Bar(Math.Min(1, judged / length), 20, unicode)}[/] {Safe(left > TimeSpan.Zero ? $"{Words.Seconds(left)} left of {Words.Seconds(length)}" : $"{Words.Seconds(length)} are over")}, at most {Safe(Words.Seconds(look.Step.Bake.Maximum))}");
        foreach (var signals in Signals(look)) yield return signals;
    }

    private static IEnumerable<IRenderable> Signals(ReleaseProgress.Looked look)
    {
        var grid = Columns(3);
        foreach (var evidence in Shown(look.Judgement.Evidence))
        {
            grid.AddRow(
                new Markup(Safe(evidence.Signal)),
                new Markup($"[{Colour(ReleaseWords.ToneOf(evidence.Says))}]{Safe(ReleaseWords.Verdict(evidence.Says))}[/]"),
                new Markup($"[grey]{Safe(evidence.Words)}[/]"));
        }

        yield return grid;

        // What a signal still lacks stands in its own line, and how long the bake still takes beside its bar.
        var missing = look.Judgement.Missing.Where(m => !m.StartsWith("bake: ", StringComparison.Ordinal) && !look.Judgement.Evidence.Any(e => m.StartsWith(e.Signal + ": ", StringComparison.Ordinal))).ToList();
        if (missing.Count > 0) yield return new Markup($"  [yellow]waiting for[/] {Safe(string.Join("; ", missing))}");
    }

    /// <summary>One line for each signal, and one more for each endpoint or region that is not well.</summary>
    private static IEnumerable<Evidence> Shown(IEnumerable<Evidence> evidence) =>
        evidence.Where(e => e.Says != Verdict.Healthy || !e.Signal.Contains(", ", StringComparison.Ordinal)).Take(16);

    public static string Colour(Tone tone) => tone switch
    {
        Tone.Good => "green",
        Tone.Waiting => "yellow",
        Tone.Bad => "red bold",
        _ => "default",
    };

    public static string Safe(string text, int longest = 300) => Markup.Escape(Foreign.Line(text, longest));

    private static string Bar(double part, int width, bool unicode)
    {
        var full = (int)Math.Round(part * width);
        if (part > 0 && full == 0) full = 1;
        return new string(unicode ? '█' : '#', full) + new string(unicode ? '░' : '.', width - full);
    }
}
