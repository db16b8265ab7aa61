namespace Tidegate.Gates.Sequential;

/// <summary>Time under the null: harmless releases, judged by the whole gate at every window, against its budget.</summary>
/// <remarks>
/// They are the least favourable harmless releases there are: failures exactly at the tolerance, as many slow requests beyond the tolerated edge
/// as the baseline has beyond its own, memory as noisy as the gate takes it to be. The seeds are fixed, and the rates that the theorem bounds
/// by the budget are about half of it: what is asserted does not hang on luck.
/// </remarks>
public sealed class FalseStopTests
{
    private const int Releases = 1_000, Looks = 240;
    private const long Ours = 50, Theirs = 100;
    private const double Usual = 0.01;
    private static readonly double[] Shares = [0.4, 0.3, 0.2, 0.1];
    private static readonly double[] Budgets = [0.01, 0.05, 0.2];

    private static readonly Lazy<(int[][] Stopped, int[] StoppedNaively)> Played = new(Play);

    [Fact]
    public void The_share_of_harmless_releases_that_are_stopped_stays_below_the_budget_at_every_look()
    {
        for (var budget = 0; budget < Budgets.Length; budget++)
        {
            var rates = Played.Value.Stopped[budget].Select(stopped => stopped / (double)Releases).ToList();

            rates.ShouldAllBe(rate => rate <= Budgets[budget]);
            rates.Zip(rates.Skip(1)).ShouldAllBe(r => r.First <= r.Second);
        }

        Played.Value.Stopped[^1][^1].ShouldBeGreaterThan(Releases / 100, "a gate that never stops anything would prove nothing");
    }

    [Fact]
    public void A_test_that_is_right_at_one_look_breaks_its_budget_when_it_is_looked_at_every_window()
    {
        // The same releases and a budget of 1 %: it holds at the first hundred-odd failures, and ever less afterwards.
        var naive = Played.Value.StoppedNaively[^1] / (double)Releases;

        naive.ShouldBeGreaterThan(5 * Budgets[0]);
    }

    private static (int[][] Stopped, int[] StoppedNaively) Play()
    {
        var releases = new (int[] FirstLook, int FirstNaiveLook)[Releases];
        Parallel.For(0, Releases, i => releases[i] = PlayOne(new Random(i)));
        return (
            [.. Budgets.Select((_, b) => Cumulated(releases.Select(r => r.FirstLook[b])))],
            Cumulated(releases.Select(r => r.FirstNaiveLook)));
    }

    /// <summary>How many were stopped at this look or before.</summary>
    private static int[] Cumulated(IEnumerable<int> firstLooks)
    {
        var first = firstLooks.ToList();
        return [.. Enumerable.Range(0, Looks).Select(look => first.Count(f => f <= look))];
    }

    private static (int[] FirstLook, int FirstNaiveLook) PlayOne(Random random)
    {
        // One weight from the first window on, and no threshold: the evidence is followed to the last look whatever it says.
        var options = SequentialOptions.Default with { Alpha = double.Epsilon, WarmUp = TimeSpan.Zero, Steps = [new(1.0 / 3, TimeSpan.FromDays(1))] };
        var gate = new SequentialGate(options, new(Usual, Usual, 1, 1, (Ours + Theirs) / 5.0, Shares));
        var (state, whole, naive) = (gate.Begin(), default(PairedCounts), int.MaxValue);
        var first = Enumerable.Repeat(int.MaxValue, Budgets.Length).ToArray();
        for (var look = 0; look < Looks; look++)
        {
            var reading = Reading(random, options);
            state = gate.Next(state, reading);
            whole += reading.Requests;
            for (var b = 0; b < Budgets.Length; b++)
            {
                if (first[b] == int.MaxValue && state.Against.LogValue >= Math.Log(1 / Budgets[b])) first[b] = look;
            }

            if (naive == int.MaxValue && IsSignificant(whole, options.Tolerance)) naive = look;
        }

        return (first, naive);
    }

    private static GateReading Reading(Random random, SequentialOptions options)
    {
        var endpoints = Shares.Select(share =>
        {
            var (ours, theirs) = ((long)Math.Round(Ours * share), (long)Math.Round(Theirs * share));
            return new PairedCounts(ours, theirs, Poisson(random, ours * Usual * options.Tolerance), Poisson(random, theirs * Usual));
        }).ToArray();
        var memory = Math.Sqrt(12 * options.MemoryVariance) * Normal(random);
        return new(1.0 / 3, false, endpoints.Aggregate(PairedCounts.Add), endpoints, Slow(random, 0.01), Slow(random, 0.1), Slow(random, 0.5), memory);
    }

    private static SlowCounts Slow(Random random, double rate)
    {
        var tolerated = Poisson(random, Ours * rate);
        return new(tolerated, tolerated, tolerated, Poisson(random, Theirs * rate));
    }

    /// <summary>One-sided at 1 %: z above 2.33, once there are enough failures for it to be right at one look.</summary>
    private static bool IsSignificant(PairedCounts counts, double tolerance)
    {
        var share = tolerance * Ours / ((tolerance * Ours) + Theirs);
        var (events, expected) = (counts.Events, counts.Events * share);
        return events >= 100 && counts.CandidateEvents - expected > 2.33 * Math.Sqrt(expected * (1 - share));
    }

    private static long Poisson(Random random, double mean)
    {
        var (count, product, floor) = (0L, random.NextDouble(), Math.Exp(-mean));
        for (; product > floor; product *= random.NextDouble()) count++;
        return count;
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
