using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Tidegate;
using Tidegate.ReleaseBenchmark;
using Tidegate.ReleaseBenchmark.Playing;
using Tidegate.ReleaseBenchmark.Policies;
using Tidegate.ReleaseBenchmark.Results;
using Tidegate.ReleaseBenchmark.Worlds;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (Arguments.Read(args) is not { } arguments) return 30;

var only = arguments.Only;
var worlds = WorldFile.Read(arguments.Worlds).Where(w => only.Length == 0 || only.Contains(w.Name)).ToList();
if (worlds.Count == 0)
{
    Console.Error.WriteLine($"{arguments.Worlds} has no world of such a name.");
    return 30;
}

var configuration = Path.Combine(Repository(), "config", "delivery.json");
var pipelines = new ConcurrentDictionary<string, ReleasePipeline>();
foreach (var world in worlds) PipelineOf(world);

var watch = Stopwatch.StartNew();
var progress = new Progress(watch, worlds.Count * arguments.Runs * (arguments.Rivals ? 1 + Rival.All.Count : 1));
var benchmark = new Benchmark(PipelineOf, arguments, progress);
var results = benchmark.Releases(worlds);
var rivals = arguments.Rivals ? benchmark.Rivals(worlds) : [];
Progress.End();

var production = pipelines.Values.First().Definition[Stage.Canary].Environment;
var goals = new Goals(results, production.Regions.Sum(r => r.RequestsPerSecond)).All();
Console.WriteLine(TextReport.Of(results, rivals, goals));
var releases = worlds.Count * arguments.Runs;
var (seconds, watched) = (watch.Elapsed.TotalSeconds, arguments.Watch ?? "as long as the profile says");
Console.WriteLine(FormattableString.Invariant(
    $"{releases} releases in {seconds:0} s on {Environment.ProcessorCount} cores, watched {watched}."));
if (arguments.Json is { } json) JsonReport.Write(json, arguments, results, rivals);
return goals.Any(g => g.Reached == false) ? 1 : 0;

ReleasePipeline PipelineOf(ReleaseWorld world) => pipelines.GetOrAdd(
    world.Watch is { } longer ? ReleasePipeline.Written(longer) : arguments.Watch ?? "",
    duration => ReleasePipeline.Load(configuration, arguments.Profile, duration.Length == 0 ? null : duration));

static string Repository()
{
    for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
    {
        if (File.Exists(Path.Combine(folder.FullName, "Solution.sln"))) return folder.FullName;
    }

    throw new DirectoryNotFoundException("this program is in no clone of the repository: no Solution.sln is above it.");
}
