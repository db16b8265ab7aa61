using System.Text;

namespace Tidegate.BuildHost.Logs;

/// <summary>
/// What the build itself writes to the console, without secrets. Text goes on at once, except an end that could be the beginning of a
/// secret: it waits for what follows, or for <see cref="Flush"/>.
/// </summary>
internal sealed class MaskingWriter(TextWriter inner, SecretMask mask) : TextWriter
{
    private readonly Lock _gate = new();
    private string _held = string.Empty;

    public override Encoding Encoding => inner.Encoding;

    // What one target has begun is not ended by what another one writes.
    private string Held
    {
        get => OutputLane.Current?.Undecided ?? _held;
        set
        {
            if (OutputLane.Current is { } lane)
                lane.Undecided = value;
            else
                _held = value;
        }
    }

    public override void Write(char value) => Write(value.ToString());

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    public override void Write(string value)
    {
        lock (_gate)
        {
            var text = mask.Apply(Held + value);
            var free = text.Length - mask.LengthOfBeginning(text);
            Held = text[free..];
            OutputLane.Write(inner, text[..free]);
        }
    }

    public override void WriteLine(string value) => Write(value + NewLine);

    public override void WriteLine() => Write(NewLine);

    public override void Flush()
    {
        lock (_gate)
        {
            OutputLane.Write(inner, Held);
            Held = string.Empty;
        }
    }
}
