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
        ("Json", "With --plan: as JSON, for programs."),
        ("Parallel", "Runs independent targets side by side; with a number, at most so many. Without a number: one for each processor."),
        ("Continue", "Goes on after a failed or interrupted run of the same command: leaves out what was done."),
        ("Timings", "Shows how long each target took in past runs, and ends."),
        ("Help", "Shows this text."),
        ("Profile", "Values from .nuke/parameters.<profile>.json; the last one wins."),
        ("Verbosity", "Verbose, Normal (default), Minimal or Quiet."),
        ("Host", "Where the build believes to run: Terminal, GitHubActions, AzurePipelines, GitLab, TeamCity."),
        ("Root", "The root directory; without a path, the working directory."),
        ("Partition", "Which part of the work: 1/3."),
        ("NoLogo", "Leaves out the first line."),
        ("Strict", "Refuses a plan whose order is not fully declared."),
        ("GenerateSchema", "Writes .nuke/build.schema.json for editors, and ends."),
        ("GenerateConfiguration", "Writes the YAML of [GitHubActions] and [AzurePipelines], and ends; with an id, only that one."),
        ("Completion", "Prints the script with which bash, zsh or pwsh completes names, and ends."),
    ];

    public static readonly IReadOnlyList<string> Names = [.. All.Select(each => each.Name)];

    /// <summary>NUKE does not have them: a build's own parameter of such a name comes first.</summary>
    private static readonly string[] Ours = ["Json", "Parallel", "Timings", "GenerateSchema", "Completion"];

    public IReadOnlyList<string> Targets { get; private set; } = [];

    /// <summary>Null: nothing is skipped. Empty: all dependencies are.</summary>
    public IReadOnlyList<string> Skip { get; private set; }
    public bool Plan { get; private set; }
    public bool Help { get; private set; }
    public bool Json { get; private set; }

    /// <summary>How many targets may run at once; null: one after the other.</summary>
    public int? Parallel { get; private set; }
    public bool Continue { get; private set; }
    public bool Timings { get; private set; }

    /// <summary>Null: not asked for. Empty: all.</summary>
    public string Configuration { get; private set; }

    /// <summary>Null: not asked for. Empty: no shell was named.</summary>
    public string Completion { get; private set; }
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
            if (session.Parameters.BuiltIn(name) is not var (source, texts) || IsTheBuilds(name, session))
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
        values.Json = Get("Json", false);
        values.Continue = Get("Continue", false);
        values.Timings = Get("Timings", false);
        values.Configuration = Get<string>("GenerateConfiguration", null, bare: string.Empty);
        values.Completion = Get<string>("Completion", null, bare: string.Empty);
        values.Parallel = Get<int?>("Parallel", null, bare: Environment.ProcessorCount);
        if (values.Parallel < 1)
            problems.Add(new Problem("--parallel", $"'{values.Parallel}' targets cannot run at once", "Give a whole number from 1, or none."));
        if (values.Json && !values.Plan)
            problems.Add(new Problem("--json", "it belongs to --plan", "Write --plan --json. A run leaves its report in .nuke/temp/build-report.json."));
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

    /// <summary>Whether the build has a parameter of the name, which the host gives way to.</summary>
    public static bool IsTheBuilds(string name, BuildSession session) =>
        Ours.Contains(name) && session.Catalog.Parameters.Any(parameter => parameter.Plain == ParameterName.Plain(name));

    private static string[] Split(IReadOnlyList<string> positional) => [.. positional.SelectMany(text => text.Split('+', StringSplitOptions.RemoveEmptyEntries))];
}
