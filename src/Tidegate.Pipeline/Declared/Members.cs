using System.Text.Json;

namespace Tidegate.Pipeline.Declared;

/// <summary>The members of one object: each is taken by one call that says its name, its form, its default and what it means.
/// What nobody takes is unknown.</summary>
internal sealed class Members
{
    private readonly JsonElement _object;
    private readonly HashSet<string> _given = new(StringComparer.Ordinal);
    private readonly List<Member> _known = [];
    private readonly List<Variant> _variants = [];
    private readonly bool _sketching;
    private readonly HashSet<string> _elsewhere = new(StringComparer.Ordinal);

    public Members(JsonElement value, Place at)
    {
        At = at;
        _object = value;
        foreach (var member in value.EnumerateObject())
        {
            var name = Found.Name(member);
            if (!_given.Add(name)) RefuseTwice(at.Member(name), name);
        }
    }

    private Members()
    {
        At = new Reading("").Root;
        _sketching = true;
    }

    public Place At { get; }

    /// <summary>Nothing is written here.</summary>
    public bool IsEmpty => !_sketching && _given.Count == 0;

    /// <summary>What an object knows, learnt by reading nothing.</summary>
    public static Sketch Sketch<T>(string name, Func<Members, T> read)
    {
        var members = new Members();
        read(members);
        return new(name, members._known, members._variants);
    }

    public static void RefuseTwice(Place at, string name) =>
        at.Refuse(Code.MemberTwice, $"{Foreign.Quoted(name)} is written twice in this object.", "Keep one of them: which one would count is nobody's guess.");

    /// <summary>A member that must be there; null when it is not, or does not fit.</summary>
    public T? Required<T>(string name, Form<T> form, string about) where T : class =>
        TryTake(new(name, about, form.Words, null, true, form.Schema, form.Sketch), form, out var value) ? value : null;

    /// <inheritdoc cref="Required"/>
    public T? RequiredValue<T>(string name, Form<T> form, string about) where T : struct =>
        TryTake(new(name, about, form.Words, null, true, form.Schema, form.Sketch), form, out var value) ? value : null;

    /// <summary>A member that may be left out.</summary>
    public T Optional<T>(string name, Form<T> form, T otherwise, string about)
    {
        var written = form.Write(otherwise);
        if (TryTake(new(name, about, form.Words, written ?? "none", false, form.Schema, form.Sketch), form, out var value)) return value!;
        if (written is not null && !_given.Contains(name)) At.Reading.Note(At.Member(name).Path, written, isDefault: true);
        return otherwise;
    }

    /// <summary>A member that may be left out, and then means something that other members decide.</summary>
    /// <param name="otherwise">What it means then, for the documentation.</param>
    public T? OptionalValue<T>(string name, Form<T> form, string otherwise, string about) where T : struct =>
        TryTake(new(name, about, form.Words, otherwise, false, form.Schema, form.Sketch), form, out var value) ? value : null;

    /// <inheritdoc cref="OptionalValue"/>
    public T? OptionalText<T>(string name, Form<T> form, string otherwise, string about) where T : class =>
        TryTake(new(name, about, form.Words, otherwise, false, form.Schema, form.Sketch), form, out var value) ? value : null;

    /// <summary>A text for readers; nothing is decided by it, and it is no setting.</summary>
    public void Remark(string name, string about)
    {
        _known.Add(new(name, about, Forms.Remark.Words, "none", false, Forms.Remark.Schema, Forms.Remark.Sketch));
        if (_given.Contains(name) && _object.TryGetProperty(name, out var value)) Forms.Remark.TryRead(value, At.Member(name), out _);
    }

    /// <summary>A member whose word decides which other members there are.</summary>
    public T? Variant<T>(string name, string about, params Case<T>[] cases) where T : class
    {
        if (_sketching) _variants.AddRange(cases.Select(c => new Variant(name, c.Word, c.About, Sketch(c.Word, c.Read))));

        var words = new WordForm([.. cases.Select(c => c.Word)]);
        if (!TryTake(new(name, about, words.Words, null, true, words.Schema, words.Sketch), words, out var word))
        {
            // Which of the others belong here cannot be told, so none of them is called unknown.
            foreach (var one in cases) _elsewhere.UnionWith(Sketch(one.Word, one.Read).Members.Select(m => m.Name));
            return null;
        }

        return cases.First(c => c.Word == word).Read(this);
    }

    public void RefuseTheRest()
    {
        var names = _known.ConvertAll(m => m.Name);
        foreach (var name in _given.Where(name => !names.Contains(name) && !_elsewhere.Contains(name)))
        {
            At.Member(name).Refuse(Code.UnknownMember, $"there is no {Foreign.Quoted(name)} here.", NearestName.Advice(name, names));
        }
    }

    private bool TryTake<T>(Member member, Form<T> form, out T? value)
    {
        _known.Add(member);
        value = default;
        if (!_given.Contains(member.Name) || !_object.TryGetProperty(member.Name, out var given))
        {
            if (member.IsRequired) At.Refuse(Code.MemberMissing, $"\"{member.Name}\" is missing: {member.About}", $"Add \"{member.Name}\": {member.Words}.");
            return false;
        }

        var place = At.Member(member.Name);
        if (!form.TryRead(given, place, out value)) return false;
        if (form.Write(value) is { } text) At.Reading.Note(place.Path, text, isDefault: false);
        return true;
    }
}
