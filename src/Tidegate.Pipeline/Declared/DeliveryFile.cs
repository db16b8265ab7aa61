using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Tidegate.Pipeline.Declared;

/// <summary>The bytes of config/delivery.json, and the JSON in them.</summary>
internal static class DeliveryFile
{
    public const int LargestBytes = 1024 * 1024;
    public const int DeepestLevel = 32;

    // Members that are written twice are found, with their places, by whoever reads the object.
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = DeepestLevel };

    /// <summary>The document, or null after reporting why there is none.</summary>
    public static JsonDocument? Open(string path, Reading reading) => Bytes(path, reading) is { } bytes ? Parse(bytes, reading) : null;

    /// <summary>The bytes as JSON; a byte order mark of UTF-8 is allowed.</summary>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> bytes, Reading reading)
    {
        if (bytes.Span.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
        if (Encoded(bytes.Span) is { } trouble)
        {
            reading.Refuse(Code.NotUtf8, "", trouble, "Save it as UTF-8 text.");
            return null;
        }

        try
        {
            return JsonDocument.Parse(bytes, Strict);
        }
        catch (JsonException exception)
        {
            var line = exception.LineNumber ?? 0;
            reading.Refuse(
                Code.NotJson,
                FormattableString.Invariant($":{line + 1}:{Column(bytes.Span, line, exception.BytePositionInLine ?? 0)}"),
                "this is not JSON: " + Foreign.Line(Words(exception.Message), 200),
                $"Mend it there. Comments and commas before a closing bracket are not JSON (remarks go into \"about\"); at most {DeepestLevel} levels.");
            return null;
        }
    }

    private static byte[]? Bytes(string path, Reading reading)
    {
        try
        {
            if (Directory.Exists(path)) return Refuse(reading, Code.FileUnreadable, "is a folder, not a file.");
            var named = new FileInfo(path);
            if (!named.Exists) return Refuse(reading, Code.FileMissing, "is not there.", "A small one to begin with is written by: dotnet new install Tidegate.Templates, then dotnet new tidegate -n NAME, in the repository's root. docs/configuration.md explains every member.");
            var file = named.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? named;

            // Pipes and devices have no length: opening one could wait for ever, reading one could never end.
            if (file.Length == 0) return Refuse(reading, Code.FileUnreadable, "is empty, or no ordinary file.");
            using var stream = file.Open(FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[LargestBytes + 1];
            var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return length <= LargestBytes ? bytes[..length] : Refuse(reading, Code.FileTooLarge, $"is larger than {LargestBytes} bytes (1 MiB).");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return Refuse(reading, Code.FileUnreadable, $"cannot be read: {Foreign.Line(exception.Message, 200)}");
        }
    }

    private static byte[]? Refuse(Reading reading, string code, string what, string nextStep = "Name a readable JSON file of at most 1 MiB.")
    {
        reading.Refuse(code, "", "the configuration " + what, nextStep);
        return null;
    }

    private static string? Encoded(ReadOnlySpan<byte> bytes)
    {
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]) return "this is UTF-16, not UTF-8.";
        if (bytes.Contains((byte)0)) return "there is a NUL byte in it: this is UTF-16, or no text at all.";
        return Utf8.IsValid(bytes) ? null : "this is not UTF-8.";
    }

    /// <summary>The reader's own sentences, without the position, which is told better before them.</summary>
    private static string Words(string message)
    {
        var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }

    /// <summary>Characters, from 1: what an editor shows.</summary>
    private static int Column(ReadOnlySpan<byte> bytes, long line, long position)
    {
        for (; line > 0; line--) bytes = bytes[(bytes.IndexOf((byte)'\n') + 1)..];
        return Encoding.UTF8.GetCharCount(bytes[..(int)Math.Min(position, bytes.Length)]) + 1;
    }
}
