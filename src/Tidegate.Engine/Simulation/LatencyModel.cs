namespace Tidegate.Engine.Simulation;

/// <summary>One shape's latencies, ready to be drawn.</summary>
internal sealed class LatencyModel
{
    /// <summary>From so many on, cells are drawn instead of requests.</summary>
    private const long Many = 4000;

    private readonly LatencyTable _all;
    private readonly LatencyTable _usual;
    private readonly LatencyTable _slow;
    private readonly double _slowShare;
    private readonly double _cluster;
    private readonly double[] _cells;

    public LatencyModel(LatencyShape shape, double[] edges, SimulatedWorld world)
    {
        double[] beyond = [1, .. edges.Select(e => shape.Beyond(e, world.Median, world.Sigma)), 0];
        _cells = [.. beyond.Zip(beyond.Skip(1), (from, to) => Math.Max(0, from - to))];
        _all = new(_cells);
        _cluster = world.SlowCluster;
        var at99 = world.Median * Math.Exp(world.Sigma * NormalCurve.At99);
        TooSlow = shape.Beyond(at99, world.Median, world.Sigma);

        // Cells from the edge at the 99th percentile on are slow: the one below it may hold some that are.
        var first = Array.FindIndex(edges, e => e >= at99 - 1e-9) + 1;
        if (first == 0) first = edges.Length;
        _slowShare = beyond[first];
        _usual = new([.. _cells.Select((c, i) => i < first ? c : 0)]);
        _slow = new([.. _cells.Select((c, i) => i >= first ? c + 1e-300 : 0)]);
    }

    /// <summary>Share beyond what the running version's 99th percentile usually is.</summary>
    public double TooSlow { get; }

    /// <summary>Adds each request to its cell and its endpoint.</summary>
    /// <param name="cells">Of one instance.</param>
    /// <param name="endpoints">How many requests of each: added to.</param>
    /// <param name="byEndpoint">Cells of each endpoint, one endpoint after another.</param>
    public void Draw(Generator random, long requests, long[] cells, Span<long> endpoints, long[] byEndpoint)
    {
        if (requests >= Many)
        {
            DrawMany(random, requests, cells, endpoints, byEndpoint);
            return;
        }

        if (_cluster <= 1)
        {
            Draw(random, _all, requests, cells, endpoints, byEndpoint);
            return;
        }

        var slow = random.Clustered(requests, _slowShare, _cluster);
        Draw(random, _slow, slow, cells, endpoints, byEndpoint);
        Draw(random, _usual, requests - slow, cells, endpoints, byEndpoint);
    }

    /// <summary>Without endpoints.</summary>
    public void Draw(Generator random, long requests, Span<long> cells)
    {
        if (_cluster <= 1)
        {
            Draw(random, _all, requests, cells);
            return;
        }

        var slow = random.Clustered(requests, _slowShare, _cluster);
        Draw(random, _slow, slow, cells);
        Draw(random, _usual, requests - slow, cells);
    }

    /// <summary>What so many requests are expected to come to: nothing is drawn.</summary>
    public void Expect(double requests, long[] cells, int from)
    {
        for (var c = 0; c < _cells.Length; c++) cells[from + c] += (long)Math.Round(requests * _cells[c]);
    }

    /// <summary>Clusters do not show among so many.</summary>
    private void DrawMany(Generator random, long requests, long[] cells, Span<long> endpoints, long[] byEndpoint)
    {
        for (var e = 0; e < endpoints.Length; e++)
        {
            var here = e == endpoints.Length - 1 ? requests : random.Binomial(requests, 1.0 / (endpoints.Length - e));
            requests -= here;
            endpoints[e] += here;
            var rest = 1.0;
            for (var c = 0; c < _cells.Length && here > 0; c++)
            {
                var last = rest <= _cells[c] || c == _cells.Length - 1;
                var drawn = last ? here : random.Binomial(here, _cells[c] / rest);
                cells[c] += drawn;
                byEndpoint[(e * _cells.Length) + c] += drawn;
                (here, rest) = (here - drawn, rest - _cells[c]);
            }
        }
    }

    private static void Draw(
        Generator random, LatencyTable table, long requests, long[] cells, Span<long> endpoints, long[] byEndpoint)
    {
        for (var left = requests; left > 0; left--)
        {
            var bits = random.Next();
            var cell = table.Cell((uint)(bits >> 32));
            var endpoint = (int)(((uint)bits * (ulong)endpoints.Length) >> 32);
            cells[cell]++;
            endpoints[endpoint]++;
            byEndpoint[(endpoint * cells.Length) + cell]++;
        }
    }

    private static void Draw(Generator random, LatencyTable table, long requests, Span<long> cells)
    {
        for (var pairs = requests / 2; pairs > 0; pairs--)
        {
            var bits = random.Next();
            cells[table.Cell((uint)(bits >> 32))]++;
            cells[table.Cell((uint)bits)]++;
        }

        if (requests % 2 != 0) cells[table.Cell((uint)(random.Next() >> 32))]++;
    }
}

/// <summary>Models of every shape that was met, over the same edges.</summary>
internal sealed class LatencyModels(double[] edges, SimulatedWorld world)
{
    private readonly Dictionary<LatencyShape, LatencyModel> _models = [];
    private LatencyShape _lastShape;
    private LatencyModel? _last;

    public double[] Edges => edges;

    public LatencyModel Of(LatencyShape shape)
    {
        // Most often it is the one before.
        if (_last is { } last && shape == _lastShape) return last;

        if (!_models.TryGetValue(shape, out var model)) _models[shape] = model = new(shape, edges, world);
        (_lastShape, _last) = (shape, model);
        return model;
    }

    /// <summary>From requests in cells to requests beyond edges.</summary>
    public LatencyCounts Counted(ReadOnlySpan<long> cells)
    {
        var beyond = new long[edges.Length];
        var sum = 0L;
        for (var i = edges.Length - 1; i >= 0; i--) beyond[i] = sum += cells[i + 1];
        return new(edges, beyond);
    }
}
