using Tidegate.Engine.Simulation;
using Tidegate.GateBenchmark.Worlds;

namespace Tidegate.GateBenchmark.Tests;

public sealed class SlowTailTests
{
    private static readonly double[] Beyond = [0.5, 0.1, 0.05, 0.01, 0.002];
    private const int Anchor = 3, Windows = 4000, Requests = 500;

    [Theory]
    [InlineData(1.0, 1.0)]
    [InlineData(5.0, 9.0)]
    public void Counts_have_their_means_and_the_slowest_their_dispersion(double cluster, double dispersion)
    {
        var (tail, random) = (new SlowTail(Anchor, cluster), Generator.For("tail", 1));
        var (sums, squares) = (new double[Beyond.Length], 0.0);
        Span<long> counts = stackalloc long[Beyond.Length];
        for (var window = 0; window < Windows; window++)
        {
            tail.Draw(random, Requests, Beyond, counts);
            for (var e = 0; e < counts.Length; e++)
            {
                sums[e] += counts[e];
                if (e > 0) counts[e].ShouldBeLessThanOrEqualTo(counts[e - 1]);
            }

            squares += Math.Pow(counts[Anchor] - (Requests * Beyond[Anchor]), 2);
        }

        for (var e = 0; e < Beyond.Length; e++)
        {
            var mean = Windows * Requests * Beyond[e];
            sums[e].ShouldBe(mean, 0.06 * mean);
        }

        var expected = Windows * Requests * Beyond[Anchor];
        (squares / expected).ShouldBe(dispersion, 0.15 * dispersion);
    }
}
