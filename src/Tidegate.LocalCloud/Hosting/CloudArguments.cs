using Tidegate.LocalCloud.Contract;

namespace Tidegate.LocalCloud.Hosting;

/// <param name="Build">What is being started, told back to clients.</param>
internal sealed record CloudArguments(CloudPlaces Places, string Build, CloudVerb Verb)
{
    public const string Usage = "Usage: Tidegate.LocalCloud --state DIR --run DIR [--build TEXT | --sweep | --sweep-and-forget]";

    private static readonly Dictionary<string, CloudVerb> Verbs = new(StringComparer.Ordinal)
    {
        ["--serve"] = CloudVerb.Serve,
        ["--sweep"] = CloudVerb.Sweep,
        ["--sweep-and-forget"] = CloudVerb.SweepAndForget,
    };

    /// <summary>So that a socket in the run folder stays within the 107 bytes of a socket's path.</summary>
    private const int LongestRun = 60;

    /// <exception cref="ArgumentException">They cannot be used; the message says why.</exception>
    public static CloudArguments Parse(IReadOnlyList<string> arguments)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var verb = CloudVerb.Launch;
        for (var i = 0; i < arguments.Count; i++)
        {
            if (Verbs.TryGetValue(arguments[i], out var named)) verb = named;
            else if (arguments[i] is "--state" or "--run" or "--build" && i + 1 < arguments.Count) values[arguments[i]] = arguments[++i];
            else throw new ArgumentException($"'{arguments[i]}' is not known or has no value. {Usage}");
        }

        var places = new CloudPlaces(Folder(values, "--state"), Folder(values, "--run"));
        if (places.Run.Length > LongestRun) throw new ArgumentException($"{places.Run} is too long for sockets: at most {LongestRun} characters.");
        return new CloudArguments(places, values.GetValueOrDefault("--build", "unnamed"), verb);
    }

    private static string Folder(Dictionary<string, string> values, string name) =>
        values.TryGetValue(name, out var path) && Path.IsPathFullyQualified(path)
            ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))
            : throw new ArgumentException($"{name} needs an absolute path. {Usage}");
}

/// <summary>What the program is called for.</summary>
internal enum CloudVerb
{
    /// <summary>Start the cloud, detached, and wait until it answers.</summary>
    Launch,

    /// <summary>Be the cloud.</summary>
    Serve,

    /// <summary>End what a killed cloud left running.</summary>
    Sweep,

    /// <summary>The same, and remove what was desired and stored.</summary>
    SweepAndForget,
}
