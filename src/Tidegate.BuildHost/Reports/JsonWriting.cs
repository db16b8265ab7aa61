using System.Text.Json;
using Nuke.Common.Execution;
using Tidegate.BuildHost.Logs;

namespace Tidegate.BuildHost.Reports;

/// <summary>Members of reports; no text goes out with a secret in it.</summary>
internal static class JsonWriting
{
    public static void WriteText(this Utf8JsonWriter json, string name, string text) => json.WriteString(name, text is null ? null : SecretMask.Shared.Apply(text));

    public static void WriteTexts(this Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(SecretMask.Shared.Apply(text));
        json.WriteEndArray();
    }

    public static void WriteNames(this Utf8JsonWriter json, string name, IEnumerable<ExecutableTarget> targets) => json.WriteTexts(name, targets.Select(target => target.Name));

    public static void WriteMilliseconds(this Utf8JsonWriter json, string name, TimeSpan? time)
    {
        if (time is { } known)
            json.WriteNumber(name, (long)known.TotalMilliseconds);
        else
            json.WriteNull(name);
    }
}
