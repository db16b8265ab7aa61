using Tidegate.ReleaseBenchmark.Playing;
using Tidegate.ReleaseBenchmark.Policies;
using Tidegate.ReleaseBenchmark.Results;
using Tidegate.ReleaseBenchmark.Worlds;

namespace Tidegate.ReleaseBenchmark;

/// <summary>Plays every release on all cores; the numbers do not depend on how many there are.</summary>
internal sealed class Benchmark(Func<ReleaseWorld, ReleasePipeline> pipeline, Arguments arguments, Progress progress)
{
    public const string Own = "tidegate";

    public IReadOnlyList<WorldResult> Releases(IReadOnlyList<ReleaseWorld> worlds) =>
        Play(worlds, [new(Own, (world, seed) => ReleasePlayer.Play(pipeline(world), world, seed, arguments.Tell))]);

    public IReadOnlyList<WorldResult> Rivals(IReadOnlyList<ReleaseWorld> worlds) =>
        Play(worlds, [.. Rival.All.Select(rival => new Policy(
            rival.Name, (world, seed) => RivalPlayer.Play(pipeline(world), rival, world, seed)))]);

    private List<WorldResult> Play(IReadOnlyList<ReleaseWorld> worlds, IReadOnlyList<Policy> policies)
    {
        List<Cell> cells = [.. policies.SelectMany(_ => worlds, (p, w) => new Cell(p, w, new Played[arguments.Runs]))];
        var runs = cells.SelectMany(_ => Enumerable.Range(0, arguments.Runs), (cell, run) => (Cell: cell, Run: run));
        Parallel.ForEach(runs, one =>
        {
            var (policy, world, played) = one.Cell;
            played[one.Run] = policy.Play(world, arguments.Seed + one.Run);
            progress.One(policy.Name == Own ? world.Name : $"{policy.Name}, {world.Name}");
        });
        return [.. cells.Select(c => new WorldResult(c.Policy.Name, c.World, c.Runs))];
    }

    private sealed record Policy(string Name, Func<ReleaseWorld, int, Played> Play);

    private sealed record Cell(Policy Policy, ReleaseWorld World, Played[] Runs);
}
