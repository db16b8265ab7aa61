namespace Nuke.Common.Utilities;

/// <summary>Writes lines at the current depth.</summary>
public class CustomFileWriter(StreamWriter streamWriter, int indentationFactor, string commentPrefix)
{
    private int _depth;

    public void WriteLine(string text = null) =>
        streamWriter.WriteLine(string.IsNullOrEmpty(text) ? string.Empty : new string(' ', _depth * indentationFactor) + text);

    public void Write(Action<CustomFileWriter> writer) => writer(this);

    public void WriteComment(string text = null) => WriteLine($"{commentPrefix} {text}".TrimEnd());

    /// <summary>Lines are one level deeper until it is disposed.</summary>
    public IDisposable Indent() => DelegateDisposable.CreateBracket(() => _depth++, () => _depth--);
}
