using Tidegate.LocalCloud.Contract;
using Tidegate.LocalCloud.Regions;

namespace Tidegate.LocalCloud.State;

/// <summary>Where in the state folder what is kept.</summary>
internal sealed class CloudFiles(CloudPlaces places)
{
    private const string DeletedFile = "deleted.json";

    /// <summary>What each process runs from.</summary>
    public const string Copies = "copies";

    /// <summary>Where each process may write what it needs no longer than itself.</summary>
    public const string Work = "work";

    /// <summary>Which files the artifacts have, by digest.</summary>
    public const string Contents = "contents";

    private static readonly string[] Kinds = ["environments", "data", "logs", Copies, Work];

    private readonly string _environments = Path.Combine(places.State, "environments");

    /// <summary>The newest generation with which an environment was deleted: what is older must not bring it back.</summary>
    public StateFile<SortedDictionary<string, long>> Deleted { get; } =
        new(Path.Combine(places.State, DeletedFile), StateJson.Default.SortedDictionaryStringInt64);

    public StateFile<EnvironmentState> Environment(string environment) =>
        new(Path.Combine(_environments, environment, "environment.json"), StateJson.Default.EnvironmentState);

    public StateFile<RegionState> Region(string environment, string region) =>
        new(Path.Combine(_environments, environment, region, "region.json"), StateJson.Default.RegionState);

    public IReadOnlyList<(string Environment, string Region)> Regions() =>
    [
        .. from environment in Names(_environments)
           from region in Names(Path.Combine(_environments, environment))
           select (environment, region),
    ];

    /// <summary>Stored data, logs and state of a whole environment.</summary>
    public void Remove(string environment)
    {
        foreach (var kind in Kinds) Remove(kind, environment);
    }

    /// <summary>Everything that was ever desired or stored here, and which generations were seen.</summary>
    public void RemoveAll()
    {
        foreach (var kind in Kinds) Remove(kind, "");
        Remove(Contents, "");
        File.Delete(Path.Combine(places.State, DeletedFile));
    }

    private void Remove(string kind, string environment)
    {
        var folder = Path.Combine(places.State, kind, environment);
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    private static IEnumerable<string> Names(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateDirectories(folder).Select(f => Path.GetFileName(f)!).Where(CloudNames.IsName).Order(StringComparer.Ordinal) : [];
}
