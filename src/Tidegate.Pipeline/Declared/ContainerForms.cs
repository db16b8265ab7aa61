using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tidegate.Pipeline.Declared;

/// <summary>One of a list, and where it stands.</summary>
internal sealed record Item<T>(Place At, T Value);

/// <summary>One of a map, and where it stands.</summary>
internal sealed record Entry<T>(string Key, Place At, T Value);

/// <summary>So many values of one form. What does not fit is reported and left out; the places of the others stay true.</summary>
internal sealed class ListForm<T>(Form<T> item, int fewest, int most) : Form<IReadOnlyList<Item<T>>>
{
    public override string Words => fewest == 0 ? $"a list of up to {most}, each {item.Words}" : $"a list of {fewest} to {most}, each {item.Words}";

    public override bool TryRead(JsonElement value, Place at, out IReadOnlyList<Item<T>> read)
    {
        var items = new List<Item<T>>();
        read = items;
        if (value.ValueKind != JsonValueKind.Array)
        {
            at.Refuse(Code.WrongKind, $"{Found.Words(value)} is not {Words}.", "Write [ … ].");
            return false;
        }

        var count = value.GetArrayLength();
        if (count < fewest || count > most) at.Refuse(Code.WrongCount, $"there are {count} here; it takes {fewest} to {most}.", $"Each is {item.Words}.");
        var index = 0;
        foreach (var element in value.EnumerateArray())
        {
            if (index == most) break;
            var place = at.Item(index++);
            if (!item.TryRead(element, place, out var one)) continue;
            items.Add(new(place, one));
            if (item.Write(one) is { } text) at.Reading.Note(place.Path, text, isDefault: false);
        }

        return true;
    }

    public override JsonObject Schema(SchemaDefinitions definitions) => new()
    {
        ["type"] = "array",
        ["minItems"] = fewest,
        ["maxItems"] = most,
        ["items"] = item.Schema(definitions),
    };

    public override Sketch? Sketch() => item.Sketch();
}

/// <summary>Values of one form under names of another.</summary>
internal sealed class MapForm<T>(TextForm key, Form<T> item, int fewest, int most) : Form<IReadOnlyList<Entry<T>>>
{
    public override string Words => $"an object of {(fewest == 0 ? "up to" : $"{fewest} to")} {most}; each name is {key.Words}, each value {item.Words}";

    public override bool TryRead(JsonElement value, Place at, out IReadOnlyList<Entry<T>> read)
    {
        var entries = new List<Entry<T>>();
        read = entries;
        if (value.ValueKind != JsonValueKind.Object)
        {
            at.Refuse(Code.WrongKind, $"{Found.Words(value)} is not {Words}.", "Write { … }.");
            return false;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            var name = Found.Name(member);
            var place = at.Member(name);
            if (!seen.Add(name)) Members.RefuseTwice(place, name);
            else if (seen.Count > most) break;
            if (!key.Fits(name)) key.Refuse(place, name);
            if (!item.TryRead(member.Value, place, out var one)) continue;
            entries.Add(new(name, place, one));
            if (item.Write(one) is { } text) at.Reading.Note(place.Path, text, isDefault: false);
        }

        if (seen.Count < fewest || seen.Count > most) at.Refuse(Code.WrongCount, $"it takes {fewest} to {most} of them.", $"Each name is {key.Words}.");
        return true;
    }

    public override JsonObject Schema(SchemaDefinitions definitions) => new()
    {
        ["type"] = "object",
        ["minProperties"] = fewest,
        ["maxProperties"] = most,
        ["patternProperties"] = new JsonObject { [(string?)key.Schema(definitions)["pattern"] ?? ".*"] = item.Schema(definitions) },
        ["additionalProperties"] = false,
    };

    public override Sketch? Sketch() => item.Sketch();
}

/// <summary>An object with members that are known by name.</summary>
/// <param name="name">Its name in the editors' schema and the documentation.</param>
/// <param name="read">Takes its members, one call for each.</param>
internal sealed class ObjectForm<T>(string name, Func<Members, T> read) : Form<T> where T : class
{
    public override string Words => "an object";

    public override bool TryRead(JsonElement value, Place at, [MaybeNullWhen(false)] out T declared)
    {
        declared = null;
        if (value.ValueKind != JsonValueKind.Object)
        {
            at.Refuse(Code.WrongKind, $"{Found.Words(value)} is not an object.", "Write { … } with the members that the documentation lists.");
            return false;
        }

        var members = new Members(value, at);
        declared = read(members);
        members.RefuseTheRest();
        return true;
    }

    public override JsonObject Schema(SchemaDefinitions definitions) => definitions.Reference(Sketch());

    public override Sketch Sketch() => Members.Sketch(name, read);
}
