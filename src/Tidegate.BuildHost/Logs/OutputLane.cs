using System.Text;
using Tidegate.BuildHost.Execution;

namespace Tidegate.BuildHost.Logs;

/// <summary>
/// What one of several targets writes that run side by side. One is in front and writes at once; the text of the others is kept until
/// they are in front, or has its turn as a whole, so that no target writes between the lines of another.
/// </summary>
internal sealed class OutputLane : IDisposable
{
    private static readonly Lock Gate = new();
    private static readonly AsyncLocal<OutputLane> Here = new();
    private static readonly List<OutputLane> Open = [];
    private static readonly StringBuilder Ended = new();

    private readonly StringBuilder _kept = new();

    private OutputLane() { }

    /// <summary>The lane of the target that calls; null for everything else.</summary>
    public static OutputLane Current => Here.Value;

    /// <summary>The end of a text that could be the beginning of a secret.</summary>
    public string Undecided { get; set; } = string.Empty;

    /// <summary>From here on everything that the caller starts writes into a lane of its own.</summary>
    public static OutputLane Begin()
    {
        var lane = new OutputLane();
        lock (Gate)
            Open.Add(lane);
        Here.Value = lane;
        return lane;
    }

    public static void Write(TextWriter writer, string text)
    {
        lock (Gate)
        {
            if (Here.Value is { } lane && Open.IndexOf(lane) > 0)
            {
                lane._kept.Append(text);
            }
            else
            {
                writer.Write(text);
                writer.Flush();
            }
        }
    }

    public void Dispose()
    {
        lock (Gate)
        {
            _kept.Append(Undecided);
            Undecided = string.Empty;
            var wasInFront = Open[0] == this;
            Open.Remove(this);
            if (wasInFront)
                PutNextInFront(BuildSession.Current.Talk);
            else
                Ended.Append(_kept);
        }

        Here.Value = null;
    }

    private void PutNextInFront(TextWriter writer)
    {
        writer.Write(_kept);
        writer.Write(Ended);
        Ended.Clear();
        if (Open is [var next, ..])
        {
            writer.Write(next._kept);
            next._kept.Clear();
        }

        writer.Flush();
    }
}
