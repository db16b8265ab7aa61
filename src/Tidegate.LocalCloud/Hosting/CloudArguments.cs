using Tidegate.LocalCloud.Contract;

namespace Tidegate.LocalCloud.Hosting;

/// <param name="Build">What is being started, told back to clients.</param>
/// <param name="Serve">True: be the cloud. False: start it, detached, and wait until it answers.</param>
internal sealed record CloudArguments(CloudPlaces Places, string Build, bool Serve)
{
    public const string Usage = "Usage: Tidegate.LocalCloud --state DIR --run DIR [--build TEXT]";

    /// <summary>So that a socket in the run folder stays within the 107 bytes of a socket's path.</summary>
    private const int LongestRun = 60;

    /// <exception cref="ArgumentException">They cannot be used; the message says why.</exception>
    public static CloudArguments Parse(IReadOnlyList<string> arguments)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var serve = false;
        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments[i] == "--serve") serve = true;
            else if (arguments[i] is "--state" or "--run" or "--build" && i + 1 < arguments.Count) values[arguments[i]] = arguments[++i];
            else throw new ArgumentException($"'{arguments[i]}' is not known or has no value. {Usage}");
        }

        var places = new CloudPlaces(Folder(values, "--state"), Folder(values, "--run"));
        if (places.Run.Length > LongestRun) throw new ArgumentException($"{places.Run} is too long for sockets: at most {LongestRun} characters.");
        return new CloudArguments(places, values.GetValueOrDefault("--build", "unnamed"), serve);
    }

    private static string Folder(Dictionary<string, string> values, string name) =>
        values.TryGetValue(name, out var path) && Path.IsPathFullyQualified(path)
            ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))
            : throw new ArgumentException($"{name} needs an absolute path. {Usage}");
}
