namespace Tidegate;

/// <summary>The hour before in one region, by window and instance: who is sick, what was an episode, and how much counts vary without them.</summary>
/// <remarks>What hits one instance for a while is no property of the service: it is left out here, and left to what leaves instances out.</remarks>
internal sealed class HourBefore
{
    private const int WindowsPerMinute = 12;

    private HourBefore(double usual, IReadOnlyList<int> sick, DispersionSums failures, DispersionSums hits, IReadOnlyList<DispersionSums> slow)
    {
        (Usual, Sick, Failures, Hits, Slow) = (usual, sick, failures, hits, slow);
    }

    /// <summary>The median instance's failure rate.</summary>
    public double Usual { get; }

    /// <summary>Instances that failed far more often than it; none when more than a quarter did.</summary>
    public IReadOnlyList<int> Sick { get; }

    /// <summary>Episodes and sick instances left out, and for blocks of one window the minutes beside an episode too.</summary>
    public DispersionSums Failures { get; }

    public DispersionSums Hits { get; }

    /// <summary>By edge; episodes and sick instances kept.</summary>
    public IReadOnlyList<DispersionSums> Slow { get; }

    /// <param name="requests">By window and instance; below 0 where the instance was not there.</param>
    /// <param name="failures">The same.</param>
    /// <param name="slow">For each edge, the same.</param>
    /// <param name="neighbours">The minutes beside an episode are left out too.</param>
    public static HourBefore Of(long[,] requests, long[,] failures, IReadOnlyList<long[,]> slow, bool neighbours)
    {
        var windows = requests.GetLength(0);
        var usual = UsualRate(requests, failures);
        var sick = SickOnes(requests, failures, usual);
        var episode = Episodes(requests, failures, usual);
        // Who is sick does not even count as an instance; in an episode an instance shows what the others do.
        int[] well = [.. Enumerable.Range(0, requests.GetLength(1)).Except(sick)];
        var (counts, hits) = (new double[windows, well.Length], new double[windows, well.Length]);
        var minutes = episode.GetLength(1);
        for (var t = 0; t < windows; t++)
        {
            var minute = t / WindowsPerMinute;
            for (var w = 0; w < well.Length; w++)
            {
                var i = well[w];
                var left = requests[t, i] < 0 || episode[i, minute] || (neighbours && Beside(i, minute));
                counts[t, w] = left ? -1 : failures[t, i];
                hits[t, w] = left ? -1 : failures[t, i] > 0 ? 1 : 0;
            }
        }

        return new(usual, sick, Sums(counts), Sums(hits), [.. slow.Select(s => Sums(Doubles(s, requests)))]);

        bool Beside(int instance, int minute) =>
            (minute > 0 && episode[instance, minute - 1]) || (minute + 1 < minutes && episode[instance, minute + 1]);
    }

    private static DispersionSums Sums(double[,] counts)
    {
        var sums = new DispersionSums();
        sums.Add(counts);
        return sums;
    }

    private static double UsualRate(long[,] requests, long[,] failures)
    {
        var instances = requests.GetLength(1);
        var rates = new double[instances];
        for (var i = 0; i < instances; i++)
        {
            var (n, x) = Total(requests, failures, i, 0, requests.GetLength(0));
            rates[i] = n > 0 ? x / (double)n : 0;
        }

        Array.Sort(rates);
        return Math.Max(1e-12, instances == 0 ? 0 : rates[instances / 2]);
    }

    private static List<int> SickOnes(long[,] requests, long[,] failures, double usual)
    {
        var instances = requests.GetLength(1);
        var sick = Enumerable.Range(0, instances)
            .Where(i => Total(requests, failures, i, 0, requests.GetLength(0)) is var (n, x) && x > (3 * usual * n) + 30)
            .ToList();
        return sick.Count > instances / 4 ? [] : sick;
    }

    private static bool[,] Episodes(long[,] requests, long[,] failures, double usual)
    {
        var (windows, instances) = (requests.GetLength(0), requests.GetLength(1));
        var minutes = ((windows - 1) / WindowsPerMinute) + 1;
        var episodes = new bool[instances, minutes];
        for (var i = 0; i < instances; i++)
        {
            for (var minute = 0; minute < minutes; minute++)
            {
                var (n, x) = Total(requests, failures, i, minute * WindowsPerMinute, Math.Min(windows, (minute + 1) * WindowsPerMinute));
                episodes[i, minute] = x > (4 * usual * n) + 20;
            }
        }

        return episodes;
    }

    private static (long Requests, long Failures) Total(long[,] requests, long[,] failures, int instance, int from, int to)
    {
        var (n, x) = (0L, 0L);
        for (var t = from; t < to; t++)
        {
            if (requests[t, instance] < 0) continue;
            n += requests[t, instance];
            x += failures[t, instance];
        }

        return (n, x);
    }

    private static double[,] Doubles(long[,] counts, long[,] requests)
    {
        var (windows, instances) = (counts.GetLength(0), counts.GetLength(1));
        var doubles = new double[windows, instances];
        for (var t = 0; t < windows; t++)
        {
            for (var i = 0; i < instances; i++) doubles[t, i] = requests[t, i] < 0 ? -1 : counts[t, i];
        }

        return doubles;
    }
}
