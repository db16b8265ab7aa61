using System.Diagnostics;
using System.Globalization;
using Tidegate.GateBenchmark;
using Tidegate.GateBenchmark.Policies;
using Tidegate.GateBenchmark.Results;
using Tidegate.GateBenchmark.Scenarios;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (Arguments.Read(args) is not { } arguments) return 30;

var (scenarios, worlds) = (Read(arguments.Files), Read(arguments.GoalWorlds));
Policy[] all =
[
    new Rival("argo_doc", double.PositiveInfinity, ArgoRule.AsDocumented),
    new Rival("argo_tuned", double.PositiveInfinity, ArgoRule.Tuned),
    new Rival("flagger", 500, FlaggerRule.AsDocumented),
    new Rival("flagger_tuned", 222, FlaggerRule.Tuned),
    new Rival("bake1h", 500, BakeRule.AsUsual),
    new Rival("bake1h_tuned", 235, BakeRule.Tuned),
    new KayentaPolicy("kayenta_3h", 3600, 10800),
    new KayentaPolicy("kayenta_1h", 600, 3600),
    new TidegatePolicy("tidegate", arguments.Options),
    new RolloutPolicy(ReleaseGoals.Policy, arguments.Rollout),
];
var policies = all.Where(p => arguments.Policies.Length == 0 || arguments.Policies.Contains(p.Name)).ToList();

var watch = Stopwatch.StartNew();
var log = arguments.Output is null ? Console.Error : Console.Out;
var table = Play(policies, scenarios);
var goalTable = Play([.. policies.Where(p => p is RolloutPolicy)], worlds);
var how = $"Measured by `tests/Tidegate.GateBenchmark`: {arguments.Seeds} runs of each cell, {arguments.HealthySeeds} of the gate in healthy cells, "
    + $"{arguments.RolloutSeeds} of the rollout in each; {watch.Elapsed.TotalSeconds:0} s on {Environment.ProcessorCount} cores, "
    + $"{Environment.CpuUsage.TotalTime.TotalSeconds:0} s of their time. {arguments.SeedsInWords}";
var goals = new Goals(table, arguments.Options);
var release = new ReleaseGoals(table, goalTable, arguments.Options);
var report = MarkdownReport.Of(table, goalTable, goals, release, arguments.Options, how);
if (arguments.Output is { } folder) Output.Write(folder, report, table);
Console.WriteLine(arguments.Output is { } written
    ? MarkdownReport.OfGoals(goals, release) + $"Everything is in {Path.Combine(written, "gate.md")}."
    : report);
return goals.All().Any(g => g.Met == false) ? 1 : 0; // the goals of a release are shown, missed ones too

List<Scenario> Read(IEnumerable<string> files) =>
    [.. files.SelectMany(ScenarioFile.Read).Where(s => arguments.Only.Length == 0 || arguments.Only.Any(s.Name.Contains))];

Table Play(IReadOnlyList<Policy> by, IReadOnlyList<Scenario> of)
{
    var progress = new Progress(watch, log);
    var played = Benchmark.Play(by, of, arguments, progress.Show);
    progress.End();
    return played;
}
