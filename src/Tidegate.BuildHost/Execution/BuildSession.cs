using System.Collections;
using Nuke.Common;
using Nuke.Common.Execution;
using Nuke.Common.IO;
using Tidegate.BuildHost.Parameters;

namespace Tidegate.BuildHost.Execution;

/// <summary>One call of a build: what it was given and where it runs. NUKE's API is static, so there is a current one.</summary>
internal sealed class BuildSession
{
    private static BuildSession _current;

    private readonly Lazy<ParameterCatalog> _catalog;
    private readonly Lazy<AbsolutePath> _root;
    private readonly Lazy<AbsolutePath> _project;
    private readonly List<string> _warnings = [];
    private BuiltIns _builtIns;
    private Host _host;

    public BuildSession(Type buildType, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        BuildType = buildType;
        CommandLine = new CommandLine(arguments);
        Environment = environment;
        Parameters = new ParameterValues(this);
        Injection = new Injection(this);
        _catalog = new(() => new ParameterCatalog(buildType));
        BuildAssemblyFile = buildType?.Assembly.Location is { Length: > 0 } location ? (AbsolutePath)location : null;
        _root = new(() => BuiltIns.Root ?? BuildPlaces.RootAbove(BuildAssemblyFile?.Parent) ?? BuildPlaces.RootAbove(Directory.GetCurrentDirectory()));
        _project = new(() => BuildPlaces.ProjectOf(this));
    }

    public static BuildSession Current
    {
        get => _current ??= FromProcess(null);
        set => _current = value;
    }

    public Type BuildType { get; }
    public CommandLine CommandLine { get; }
    public IReadOnlyDictionary<string, string> Environment { get; }
    public ParameterValues Parameters { get; }
    public Injection Injection { get; }
    public ParameterCatalog Catalog => _catalog.Value;
    public AbsolutePath BuildAssemblyFile { get; }
    public AbsolutePath BuildProjectFile => _project.Value;
    public IReadOnlyList<IBuildExtension> Extensions { get; set; } = [];
    public DisableDefaultOutputAttribute[] DisabledOutputs { get; set; } = [];
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Takes what was asked for.</summary>
    public TextWriter Out { get; init; } = Console.Out;
    public TextWriter Error { get; init; } = Console.Error;

    /// <summary>Takes what is said on the way: not where a program reads the answer.</summary>
    public TextWriter Talk => _builtIns is { Json: true } ? Error : Out;

    /// <summary>Whether text for people may be coloured.</summary>
    public bool Colours { get; init; }

    /// <summary>Columns of the terminal; null in a pipe, where no line is broken.</summary>
    public int? Width { get; init; }

    /// <summary>A timestamp of the beginning of the run.</summary>
    public long Started { get; } = TimeProvider.System.GetTimestamp();

    /// <summary>Null when nothing has run, or nowhere to write it down.</summary>
    public Attempt Attempt { get; set; }

    /// <summary>A process of its own: what the build writes to the console is masked too.</summary>
    public bool OwnsConsole { get; init; }

    public BuiltIns BuiltIns
    {
        get => _builtIns ??= BuiltIns.Read(this, []);
        set => _builtIns = value;
    }

    public Host Host
    {
        get => _host ??= Hosts.Detect(this, []);
        set => _host = value;
    }

    public AbsolutePath RootDirectory => TryGetRootDirectory() ?? throw new UsageException(new Problem(
        "the root directory", "no folder '.nuke' above the build or the working directory", "Make one in the root of the repository, or call with --root <path>."));

    public AbsolutePath TryGetRootDirectory() => _root.Value;

    public void Warn(string text) => _warnings.Add(text);

    public static BuildSession FromProcess(Type buildType)
    {
        var environment = new Dictionary<string, string>(OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        foreach (DictionaryEntry entry in System.Environment.GetEnvironmentVariables())
            environment[(string)entry.Key] = (string)entry.Value;
        return new BuildSession(buildType, System.Environment.GetCommandLineArgs()[1..], environment)
        {
            OwnsConsole = buildType is not null,
            Width = Console.IsOutputRedirected ? null : Math.Max(Console.WindowWidth, 40),
            Colours = !Console.IsOutputRedirected
                && string.IsNullOrEmpty(environment.GetValueOrDefault("NO_COLOR"))
                && environment.GetValueOrDefault("TERM") != "dumb",
        };
    }
}
