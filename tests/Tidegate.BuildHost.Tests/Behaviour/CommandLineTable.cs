using Nuke.Common;
using Nuke.Common.IO;
using Tidegate.BuildHost.Tests.Parameters;
using Tidegate.BuildHost.Tests.Support;

namespace Tidegate.BuildHost.Tests.Behaviour;

public class Commanded : NukeBuild
{
    [Parameter] readonly string Text = "initial";
    [Parameter] readonly int Number;
    [Parameter] readonly bool Switch;
    [Parameter] readonly string[] Names = ["initial"];
    [Parameter(Separator = "+")] readonly int[] Numbers = [];
    [Parameter] readonly List<string> Many = [];
    [Parameter] readonly IReadOnlyCollection<int> Few = [];
    [Parameter] readonly Stage Stage = Stage.Alpha;
    [Parameter] readonly Colour? Colour;
    [Parameter] readonly Guid? Id;
    [Parameter] readonly Uri Address = null!;
    [Parameter] readonly DateTime? Day;
    [Parameter] readonly AbsolutePath Folder = null!;

    Target Show => _ => _.Executes(() => ReportSummary(_ => { _["Seen"] = Seen; return _; }));
    Target Other => _ => _.Executes(() => { });

    public string Seen => string.Join(' ', new[]
    {
        $"text={Text}", $"number={Number}", $"switch={Switch}", $"names={string.Join(',', Names)}", $"numbers={string.Join(',', Numbers)}", $"many={string.Join(',', Many)}",
        $"few={string.Join(',', Few)}", $"stage={Stage}", $"colour={Colour}", $"id={Id}", $"address={Address}", $"day={Day:yyyy-MM-dd}", $"folder={Folder?.Name}",
    }.Where(each => !each.EndsWith('=') && each is not ("text=initial" or "number=0" or "switch=False" or "names=initial" or "stage=a")));
}

/// <summary>Section 12 of the facts: the command line.</summary>
public sealed class CommandLineTable : IDisposable
{
    private readonly Repository _repository = new();

    internal static readonly Row[] Rows =
    [
        new("What stands before the first dash are targets.", "Other Show", "0: Other Show"),
        new("Targets may be joined with + in one token.", "Other+Show", "0: Other Show"),
        new("Mixing blanks and + is an error.", "Other+Show Show", "0: Other Show", "Targets joined with + may stand beside others."),
        new("Commas part nothing.", "Other,Show", "30: 'Other,Show' in the targets: the build has no such target"),
        new("Targets may be given by name too.", "--target Other Show", "0: Other Show"),
        new("An unknown target: a message and the sorted list, exit code 255.", "Shou", "30: 'Shou' in the targets: the build has no such target", "An unknown target names the nearest one and ends with exit code 30."),
        new("Names count without dashes and case.", "Show --TEXT a -Number 3", "0: Show text=a number=3"),
        new("--name=value is silently ignored.", "Show --text=a=b", "0: Show text=a=b", "--name=value gives the value."),
        new("Negative numbers cannot be passed.", "Show --number -5", "0: Show number=-5", "Negative numbers are values, not names."),
        new("Unknown parameters are silently ignored.", "Show --tekst a", "30: --tekst on the command line: the build has no such parameter", "An unknown parameter is refused, with the nearest name."),
        new("A value that does not convert is a warning, and the default stays.", "Show --number many", "30: --number: 'many' is not a whole number, such as 3", "A value that does not convert is refused."),
        new("A switch swallows what follows, and the default target runs.", "--switch Show", "30: --switch: 'Show' is not one of true, false", "A target that a switch would swallow is refused, with how to write it."),
        new("A bare switch is true.", "Show --switch", "0: Show switch=True"),
        new("A switch takes true and false.", "Show --switch false", "0: Show"),
        new("Arrays take several values.", "Show --names a b", "0: Show names=a,b"),
        new("Arrays are parted by their separator.", "Show --numbers 1+2+3", "0: Show numbers=1,2,3"),
        new("A bare array is empty.", "Show --names", "0: Show"),
        new("List<T> fails.", "Show --many a b", "0: Show many=a,b", "Lists and collection interfaces take several values, as arrays do."),
        new("Collection interfaces warn at every start.", "Show --few 1 2", "0: Show few=1,2"),
        new("A bare text falls through to the next source.", "Show --text", "30: --text: a value is missing", "A name without its value is refused."),
        new("Of a repeated parameter the last one counts.", "Show --text a --text b", "0: Show text=b"),
        new("An Enumeration is parsed by the name of its field, without case.", "Show --stage beta", "0: Show stage=b"),
        new("An Enumeration is not parsed by its value.", "Show --stage b", "30: --stage: 'b' is not one of Alpha, Beta"),
        new("Enums, Guid, Uri, dates and their nullable forms convert.", "Show --colour green --id 6f9619ff-8b86-d011-b42d-00c04fc964ff --address a/b --day 2026-01-31",
            "0: Show colour=Green id=6f9619ff-8b86-d011-b42d-00c04fc964ff address=a/b day=2026-01-31"),
        new("A relative path is taken from the working directory.", "Show --folder a/b", "0: Show folder=b"),
        new("A bad --host crashes at start (exit code 134).", "Show --host Nowhere", "30: --host: there is no host 'Nowhere'", "A bad --host, --verbosity or --root is refused like any other value, instead of a crash."),
        new("A bad --verbosity crashes at start.", "Show --verbosity loud", "30: --verbosity: 'loud' is not one of Verbose, Normal, Minimal, Quiet"),
        new("A profile without a file warns for each parameter, then fails.", "Show --profile ghost", "30: --profile ghost: there is no .nuke/parameters.ghost.json", "A profile without a file is one problem, said once."),
    ];

    public static IEnumerable<TheoryDataRow<string, string, string>> Data => Row.Of(Rows);

    public void Dispose() => _repository.Dispose();

    [Theory]
    [MemberData(nameof(Data))]
    public void The_command_line_is_read_as_in_NUKE(string fact, string arguments, string expected) => Shown(_repository.Run<Commanded>(arguments)).ShouldBe(expected, fact);

    [Theory]
    [InlineData("NUKE_TEXT", "a", "0: Show text=a")]
    [InlineData("TEXT", "a", "0: Show text=a")]
    [InlineData("text", "a", "0: Show text=a")]
    [InlineData("NUKE_NUMBERS", "1+2", "0: Show numbers=1,2")]
    [InlineData("SWITCH", "true", "0: Show switch=True")]
    [InlineData("NUMBER", "many", "30: environment variable NUMBER: 'many' is not a whole number, such as 3")]
    [InlineData("HOST", "abc", "0: Show")]
    [InlineData("TARGET", "Other", "0: Show")]
    [InlineData("NUKE_SKIP", "Show", "0: Show")]
    public void Variables_give_values_by_letters_and_digits(string variable, string value, string expected) =>
        Shown(_repository.WithVariable(variable, value).Run<Commanded>("Show")).ShouldBe(expected);

    [Theory]
    [InlineData("""{ "Text": "a", "Number": 3, "Switch": true, "Names": ["x", "y"], "Numbers": "1+2", "Stage": "Beta" }""", "0: Show text=a number=3 switch=True names=x,y numbers=1,2 stage=b")]
    [InlineData("""{ "Many": ["x", "y"], "Few": [1, 2] }""", "0: Show many=x,y few=1,2")]
    [InlineData("""{ "text": "a" }""", "30: .nuke/parameters.json \"text\": the build has no such parameter")]
    [InlineData("""{ "Number": "many" }""", "30: .nuke/parameters.json \"Number\": 'many' is not a whole number, such as 3")]
    [InlineData("""[1]""", "30: .nuke/parameters.json: it is no JSON object: The requested operation requires an element of type 'Object', but the target element has type 'Array'.")]
    public void Files_give_values_by_their_exact_names(string content, string expected) =>
        Shown(_repository.WithFile(".nuke/parameters.json", content).Run<Commanded>("Show")).ShouldBe(expected);

    private static string Shown(BuildRun run)
    {
        var seen = run.Build is Commanded build && run.Outcome() == "0: Show" ? build.Seen : string.Empty;
        return $"{run.Outcome()} {seen}".Trim();
    }
}
