using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tidegate.Pipeline.Declared;

/// <summary>What a value may be. The same object reads it, refuses it, and tells the editors' schema and the documentation,
/// so the documented range and the checked range cannot drift apart.</summary>
internal abstract class Form<T>
{
    /// <summary>For people, with its range: <c>a duration from 1s to 30d</c>.</summary>
    public abstract string Words { get; }

    /// <summary>Reads the value, or reports to its place what is wrong with it.</summary>
    public abstract bool TryRead(JsonElement value, Place at, [MaybeNullWhen(false)] out T read);

    /// <summary>The value as one would write it; null when it is made of members or items that are written on their own.</summary>
    public virtual string? Write(T value) => null;

    /// <summary>For editors.</summary>
    public abstract JsonObject Schema(SchemaDefinitions definitions);

    /// <summary>The members to document on their own, or null.</summary>
    public virtual Sketch? Sketch() => null;
}

/// <summary>What is found in a file, in words for a message.</summary>
internal static class Found
{
    public static string Words(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => Foreign.Quoted(Text(value)),
        JsonValueKind.Number => Foreign.Line(value.GetRawText(), 40),
        _ => value.GetRawText(),
    };

    /// <summary>A text, whatever was written: half of a surrogate pair is JSON by its grammar, but no text.</summary>
    public static string Text(JsonElement value)
    {
        try
        {
            return value.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return "\ufffd";
        }
    }

    public static string Name(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return "\ufffd";
        }
    }
}
