using System.Text.Json.Nodes;

namespace Tidegate.Pipeline.Declared;

/// <summary>What an object may hold.</summary>
/// <param name="Name">For the schema and the documentation.</param>
/// <param name="Variants">Further members, by the word of one of them.</param>
internal sealed record Sketch(string Name, IReadOnlyList<Member> Members, IReadOnlyList<Variant> Variants);

/// <summary>One member.</summary>
/// <param name="About">What it means, in one sentence.</param>
/// <param name="Words">What it may be.</param>
/// <param name="Otherwise">What counts when it is left out; null when it must not be.</param>
internal sealed record Member(
    string Name,
    string About,
    string Words,
    string? Otherwise,
    bool IsRequired,
    Func<SchemaDefinitions, JsonObject> Schema,
    Func<Sketch?> Sketch);

/// <summary>The members that come with a word.</summary>
internal sealed record Variant(string Member, string Word, string About, Sketch Sketch);

/// <summary>A word, and how the members that come with it are read.</summary>
internal sealed record Case<T>(string Word, string About, Func<Members, T?> Read) where T : class;
