using System.Text.Encodings.Web;
using System.Text.Json;
using Nuke.Common.IO;
using Serilog;
using Tidegate.BuildHost.Execution;

namespace Tidegate.BuildHost.Reports;

/// <summary>Files that a run leaves in <c>.nuke/temp</c>. None of them is worth failing a build.</summary>
internal static class RunFiles
{
    /// <summary>Null when the build has no root directory.</summary>
    public static AbsolutePath Folder(BuildSession session) => session.TryGetRootDirectory() is { } root ? root / ".nuke" / "temp" : null;

    public static bool Try(Action write)
    {
        try
        {
            write();
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.Debug("A file about this run could not be written: {Reason:l}", exception.Message);
            return false;
        }
    }

    /// <summary>Whole or not at all, whoever else writes it.</summary>
    public static void Write(AbsolutePath path, Action<Utf8JsonWriter> write) => Try(() =>
    {
        path.Parent.CreateDirectory();
        var draft = path.Parent / $"{path.Name}.{Environment.ProcessId}.tmp";
        using (var file = File.Create(draft))
            Json(file, write);
        File.Move(draft, path, overwrite: true);
    });

    /// <summary>As people can read it too, with a line break at the end.</summary>
    public static void Json(Stream stream, Action<Utf8JsonWriter> write)
    {
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            write(json);
        stream.WriteByte((byte)'\n');
    }
}
