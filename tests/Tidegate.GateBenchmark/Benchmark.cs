using Tidegate.GateBenchmark.Policies;
using Tidegate.GateBenchmark.Results;
using Tidegate.GateBenchmark.Scenarios;

namespace Tidegate.GateBenchmark;

/// <summary>Plays every policy in every scenario, on all cores; the numbers do not depend on how many there are.</summary>
internal static class Benchmark
{
    private const int Block = 25;

    public static Table Play(IReadOnlyList<Policy> policies, IReadOnlyList<Scenario> scenarios, Arguments arguments, Action<int, int> progress)
    {
        var cells = policies.SelectMany(p => scenarios.Select(s => (Policy: p, Scenario: s, Runs: new Run[Seeds(p, s)]))).ToList();
        var blocks = cells.SelectMany((c, i) => Enumerable.Range(0, (c.Runs.Length + Block - 1) / Block).Select(b => (Cell: i, First: b * Block))).ToList();
        var done = 0;
        Parallel.ForEach(blocks, block =>
        {
            var (policy, scenario, runs) = cells[block.Cell];
            for (var run = block.First; run < Math.Min(block.First + Block, runs.Length); run++)
            {
                runs[run] = policy.Play(scenario, Generator.For($"{policy.Name}/{scenario.Name}", arguments.FirstSeed + run));
            }

            progress(Interlocked.Increment(ref done), blocks.Count);
        });
        return new([.. cells.Select(c => Cell.Of(c.Policy.Name, c.Scenario, c.Runs))]);

        int Seeds(Policy policy, Scenario scenario) => policy switch
        {
            RolloutPolicy => arguments.RolloutSeeds,
            TidegatePolicy when scenario.IsHealthy => arguments.HealthySeeds,
            _ => arguments.Seeds,
        };
    }
}
