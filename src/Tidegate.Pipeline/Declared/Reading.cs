namespace Tidegate.Pipeline.Declared;

/// <summary>One pass over a configuration: the problems found, and every setting in effect.</summary>
/// <param name="file">As messages name it.</param>
internal sealed class Reading(string file)
{
    /// <summary>More problems than anyone reads at once are counted, not listed.</summary>
    public const int MostProblems = 100;

    private readonly List<Problem> _problems = [];
    private readonly List<EffectiveSetting> _settings = [];
    private int _unlisted;

    public bool Failed => _problems.Count > 0;

    /// <summary>Every value that was read or left to its default, in the order of reading.</summary>
    public IReadOnlyList<EffectiveSetting> Settings => _settings;

    public IReadOnlyList<Problem> Problems => _unlisted == 0
        ? _problems
        : [.. _problems, new(Code.WrongCount, file, $"{_unlisted} more problems are not listed.", "Mend the ones above and run the command again.")];

    public Place Root => new(this, "$");

    public void Refuse(string code, string where, string what, string nextStep)
    {
        // Names from the file may stand in any of the texts: none of them may leave its line.
        if (_problems.Count < MostProblems) _problems.Add(new(code, Foreign.Line(file + where), Foreign.Line(what), Foreign.Line(nextStep)));
        else _unlisted++;
    }

    public void Note(string path, string value, bool isDefault) => _settings.Add(new(path, value, isDefault));
}

/// <summary>A value's place in the configuration, for example <c>$.profiles.local.headroom</c>.</summary>
internal sealed record Place(Reading Reading, string Path)
{
    public Place Member(string name) => this with { Path = Path + Step(name) };

    public Place Item(int index) => this with { Path = FormattableString.Invariant($"{Path}[{index}]") };

    public void Refuse(string code, string what, string nextStep) => Reading.Refuse(code, " " + Path, what, nextStep);

    private static string Step(string name) =>
        name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') ? "." + name : $"['{Foreign.Line(name, 80)}']";
}
