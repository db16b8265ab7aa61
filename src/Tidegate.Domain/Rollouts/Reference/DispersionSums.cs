namespace Tidegate;

/// <summary>How much more the counts of instances vary than independent events would, over blocks of one window, one minute and ten minutes.</summary>
/// <remarks>φ(len) = Σ(Xᵢ − mean)² / ((J − 1)/J · ΣX): free of whatever changes all instances alike. Longer blocks show what lasts, and are drawn down by what
/// so few of them can show by chance.</remarks>
public sealed class DispersionSums
{
    /// <summary>In windows.</summary>
    private static readonly int[] Lengths = [1, 12, 120];

    private readonly double[] _squares = new double[3];
    private readonly double[] _expected = new double[3];
    private readonly double[] _freedom = new double[3];

    /// <summary>Events that were seen.</summary>
    public double Events { get; private set; }

    /// <summary>Adds one region: counts by window and instance, in order; below 0: left out, and replaced by the mean of the others.</summary>
    public void Add(double[,] counts)
    {
        var (windows, instances) = (counts.GetLength(0), counts.GetLength(1));
        if (instances < 2) return;

        var blocks = new double[3][];
        for (var s = 0; s < 3; s++) blocks[s] = new double[instances];
        var row = new double[instances];
        for (var t = 0; t < windows; t++)
        {
            var (left, sum) = (0, 0.0);
            for (var i = 0; i < instances; i++)
            {
                row[i] = counts[t, i];
                if (row[i] < 0) continue;
                left++;
                sum += row[i];
            }

            if (left < 2) continue;
            Events += sum;
            for (var i = 0; i < instances; i++)
            {
                if (row[i] < 0) row[i] = sum / left;
            }

            for (var s = 0; s < 3; s++) Block(s, t, row, blocks[s]);
        }
    }

    /// <summary>Adds another region's.</summary>
    public void Add(DispersionSums other)
    {
        Events += other.Events;
        for (var s = 0; s < 3; s++)
        {
            _squares[s] += other._squares[s];
            _expected[s] += other._expected[s];
            _freedom[s] += other._freedom[s];
        }
    }

    /// <summary>φ̂, not below 0: the largest of the three blocks.</summary>
    public double Estimate
    {
        get
        {
            var estimate = OneWindow;
            for (var s = 1; s < 3; s++)
            {
                if (_expected[s] <= 0) continue;
                estimate = Math.Max(estimate, Of(s) / (1 + Math.Sqrt(2 / Math.Max(1, _freedom[s]))));
            }

            return estimate;
        }
    }

    /// <summary>φ̂ by blocks of one window alone; what lasts longer is left to what leaves single instances out.</summary>
    public double OneWindow => Of(0);

    /// <summary>φ(len) as it was counted, nothing drawn down.</summary>
    /// <param name="length">0: one window; 1: twelve; 2: a hundred and twenty.</param>
    public double Of(int length) => _expected[length] > 0 ? _squares[length] / _expected[length] : 1;

    /// <summary>Drawn towards a prior that is worth so many events: careful until enough was seen. At least 1.</summary>
    public static double Drawn(double estimate, double events, double prior, double worth = 20) =>
        Math.Max(1, ((events * estimate) + (worth * prior)) / (events + worth));

    private void Block(int s, int window, double[] row, double[] block)
    {
        for (var i = 0; i < row.Length; i++) block[i] += row[i];
        if ((window + 1) % Lengths[s] != 0) return;

        var total = 0.0;
        foreach (var count in block) total += count;
        var mean = total / row.Length;
        foreach (var count in block) _squares[s] += (count - mean) * (count - mean);
        _expected[s] += total * (row.Length - 1) / row.Length;
        _freedom[s] += row.Length - 1;
        Array.Clear(block);
    }
}
