namespace Tidegate.Rollouts;

/// <summary>Evidence of a harmless candidate is a bet that gains nothing: its mean is at most 1, whenever faults were
/// expected to begin.</summary>
public sealed class PlannedProcessTests
{
    private const int Paths = 20_000, Windows = 8;
    private const double Ours = 100, Theirs = 300;

    /// <summary>Small ratios, whose evidence has no heavy tail: the mean of so many paths is near the true
    /// one.</summary>
    private static readonly RateRatio Question = new(1.1, [1.5, 2, 3]);

    [Fact]
    public void The_mean_over_thousands_of_harmless_paths_is_one_and_over_faulty_ones_far_more()
    {
        var (harmless, faulty) = (Mean(1.1), Mean(3));

        harmless.ShouldBeInRange(0.95, 1.05);
        faulty.ShouldBeGreaterThan(3);
    }

    [Fact]
    public void One_path_in_twenty_at_most_ever_reaches_twenty()
    {
        var reached = Enumerable.Range(0, Paths).Count(seed => Path(seed, 1.1).Highest >= 20) / (double)Paths;

        reached.ShouldBeInRange(0.0001, 0.05);
    }

    [Fact]
    public void Neither_a_beginning_nor_time_changes_the_evidence_and_what_is_forgotten_only_falls()
    {
        var process = new PlannedProcess(2, 0.15);
        process.Begin(0.3);
        process.Judge(600);
        process.Value.ShouldBe(1, 1e-12);

        process.See([2, 3]);
        var before = process.Value;
        process.Begin(0.2);
        process.Judge(5);
        process.Value.ShouldBe(before);

        process.Forget();
        process.Value.ShouldBeInRange(0.3, 1);
        process.Begin(double.MaxValue);
        process.See([0, 0]);
        process.Value.ShouldBeLessThanOrEqualTo(1);
    }

    private static double Mean(double ratio) => Enumerable.Range(0, Paths).Average(seed => Path(seed, ratio).Last);

    /// <summary>Two failures in each window, each of them ours as often as the ratio tells.</summary>
    private static (double Last, double Highest) Path(int seed, double ratio)
    {
        var (random, process, logs) = (new Random(seed), new PlannedProcess(3, 0.15), new double[3]);
        var (ours, highest) = (ratio * Ours / ((ratio * Ours) + Theirs), 0.0);
        process.Begin(0.3);
        for (var t = 0; t < Windows; t++)
        {
            if (t == Windows / 2) process.Begin(0.25);
            process.Judge(5);
            var mine = (random.NextDouble() < ours ? 1 : 0) + (random.NextDouble() < ours ? 1 : 0);
            Array.Clear(logs);
            Question.Add(Ours, Theirs, mine, 2 - mine, logs);
            process.See(logs);
            highest = Math.Max(highest, process.Value);
        }

        return (process.Value, highest);
    }
}
