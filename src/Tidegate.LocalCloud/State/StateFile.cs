using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Tidegate.LocalCloud.State;

/// <summary>One JSON file that is replaced as a whole, and only when its content changed.</summary>
internal sealed class StateFile<T>(string path, JsonTypeInfo<T> type) where T : class
{
    private byte[] _written = [];

    /// <returns>Null when there is none, or when it cannot be read: then it was not written by this program.</returns>
    public T? Read()
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), type);
        }
        catch (Exception problem) when (problem is IOException or JsonException)
        {
            return null;
        }
    }

    public void Write(T value)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(value, type);
        if (bytes.AsSpan().SequenceEqual(_written)) return;

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path + ".new", bytes);
        File.Move(path + ".new", path, overwrite: true);
        _written = bytes;
    }
}
