using Nuke.Common;
using Nuke.Common.CI;
using Nuke.Common.IO;
using Tidegate.BuildHost.Execution;

namespace Tidegate.BuildHost.Parameters;

/// <summary>The parameters that every build has.</summary>
internal sealed class BuiltIns
{
    /// <summary>With what the help says of them.</summary>
    public static readonly IReadOnlyList<(string Name, string Text)> All =
    [
        ("Target", "Targets to run; they may also stand first, without a name."),
        ("Skip", "Targets to leave out; without names, all dependencies."),
        ("Plan", "Shows what would run, in which order, and what would be skipped and why."),
        ("Help", "Shows this text."),
        ("Profile", "Values from .nuke/parameters.<profile>.json; the last one wins."),
        ("Verbosity", "Verbose, Normal (default), Minimal or Quiet."),
        ("Host", "Where the build believes to run: Terminal, GitHubActions, AzurePipelines, GitLab, TeamCity."),
        ("Root", "The root directory; without a path, the working directory."),
        ("Partition", "Which part of the work: 1/3."),
        ("NoLogo", "Leaves out the first line."),
        ("Strict", "Refuses a plan whose order is not fully declared."),
        ("GenerateSchema", "Writes .nuke/build.schema.json for editors, and ends."),
    ];

    public static readonly IReadOnlyList<string> Names = [.. All.Select(each => each.Name)];

    public IReadOnlyList<string> Targets { get; private set; } = [];

    /// <summary>Null: nothing is skipped. Empty: all dependencies are.</summary>
    public IReadOnlyList<string> Skip { get; private set; }
    public bool Plan { get; private set; }
    public bool Help { get; private set; }
    public bool Continue => false;
    public bool Strict { get; private set; }
    public bool GenerateSchema { get; private set; }
    public bool NoLogo { get; set; }
    public string[] Profiles { get; private set; } = [];
    public Verbosity Verbosity { get; set; } = Verbosity.Normal;
    public string Host { get; private set; }
    public AbsolutePath Root { get; private set; }
    public Partition Partition { get; private set; } = Partition.Single;

    public static BuiltIns Read(BuildSession session, List<Problem> problems)
    {
        var values = new BuiltIns();
        T Get<T>(string name, T otherwise, object bare = null)
        {
            if (session.Parameters.BuiltIn(name) is not var (source, texts))
                return otherwise;
            try
            {
                return texts.Count == 0 && bare is not null ? (T)bare : (T)ValueConverter.FromTexts(texts, typeof(T), typeof(T).IsArray ? '+' : null);
            }
            catch (FormatException exception)
            {
                var advice = typeof(T) == typeof(bool) ? "If a target was meant, write it first." : "--help says what it takes; targets come first.";
                problems.Add(new Problem(source, exception.Message, advice));
                return otherwise;
            }
        }

        values.Help = Get("Help", false);
        values.Plan = Get("Plan", false);
        values.NoLogo = Get("NoLogo", false);
        values.Strict = Get("Strict", false);
        values.GenerateSchema = Get("GenerateSchema", false);
        values.Skip = Get<string[]>("Skip", null);
        values.Profiles = Get<string[]>("Profile", []);
        values.Verbosity = Get("Verbosity", Verbosity.Normal);
        values.Host = Get<string>("Host", null);
        values.Root = Get("Root", (AbsolutePath)null, bare: (AbsolutePath)Directory.GetCurrentDirectory());
        values.Partition = Get("Partition", Partition.Single);
        values.Targets = session.CommandLine.Positional is { Count: > 0 } positional ? Split(positional) : Get<string[]>("Target", []);
        return values;
    }

    private static string[] Split(IReadOnlyList<string> positional) => [.. positional.SelectMany(text => text.Split('+', StringSplitOptions.RemoveEmptyEntries))];
}
