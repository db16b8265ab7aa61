using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Tidegate.LocalCloud.State;

/// <summary>One JSON file that is replaced as a whole, and only when its content changed.</summary>
internal sealed class StateFile<T>(string path, JsonTypeInfo<T> type) where T : class
{
    private byte[] _written = [];

    /// <returns>Null when there is none.</returns>
    /// <exception cref="IOException">It is there and cannot be read. To go on without it would be to forget what runs, and to end it.</exception>
    public T? Read()
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), type) ?? throw new JsonException("It is null.");
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new IOException(
                $"{path} cannot be read: {problem.Message} It says what is desired and runs here, so the local cloud does not go on without it, and nothing was ended. Bring the file back, or start over with the target LocalDown, which ends and forgets everything.",
                problem);
        }
    }

    public void Write(T value)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(value, type);
        if (bytes.AsSpan().SequenceEqual(_written)) return;

        OwnFolder.MakeFor(path);
        File.WriteAllBytes(path + ".new", bytes);
        File.Move(path + ".new", path, overwrite: true);
        _written = bytes;
    }
}
