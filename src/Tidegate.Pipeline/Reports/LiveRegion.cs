using Spectre.Console;
using Spectre.Console.Rendering;

namespace Tidegate.Pipeline.Reports;

/// <summary>The last lines of a terminal, drawn anew again and again; lines for good go above them.</summary>
/// <remarks>Spectre's own live display wants the work to run inside it and locks against other writers (its issue 435);
/// a release only reports, so a few cursor movements serve better.</remarks>
internal sealed class LiveRegion(IAnsiConsole console)
{
    private int _height;

    public void Draw(IRenderable picture)
    {
        var lines = Segment.SplitLines(picture.GetSegments(console), console.Profile.Width);

        // What is higher than the terminal could not be erased again: its end is left out.
        var shown = lines.Take(Math.Max(1, console.Profile.Height - 2)).ToList();
        // Each line is written over the old one, in one piece: a picture that is erased first would flicker.
        console.Write(new Picture(_height, shown));
        _height = shown.Count;
    }

    public void Erase()
    {
        if (_height > 0) console.WriteAnsi(writer => writer.CursorUp(_height).EraseInDisplay(0));
        _height = 0;
    }

    /// <summary>What is drawn stays.</summary>
    public void Keep() => _height = 0;

    private sealed class Picture(int over, IEnumerable<SegmentLine> lines) : Renderable
    {
        private static readonly Segment EraseLine = Segment.Control("\e[2K");
        private static readonly Segment EraseBelow = Segment.Control("\e[0J");

        protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
        {
            if (over > 0) yield return Segment.Control($"\e[{over}A");
            foreach (var segment in lines.SelectMany(line => Enumerable.Append(Enumerable.Prepend(line, EraseLine), Segment.LineBreak))) yield return segment;
            yield return EraseBelow;
        }
    }
}
