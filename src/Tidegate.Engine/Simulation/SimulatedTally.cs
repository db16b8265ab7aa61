namespace Tidegate.Engine.Simulation;

/// <summary>What a version's requests in a region came to, by endpoint; each is an instance's too.</summary>
internal sealed class SimulatedTally
{
    private readonly SimulatedContext _context;
    private readonly int _kinds;
    private readonly long[] _cells;
    private readonly long[] _requests;
    private readonly long[] _failed;
    private readonly SimulatedAnswers[] _answers;

    public SimulatedTally(SimulatedContext context)
    {
        var endpoints = context.Endpoints.All.Count;
        (_context, _kinds) = (context, context.Models.Edges.Length + 1);
        (_cells, _requests, _failed) = (new long[endpoints * _kinds], new long[endpoints], new long[endpoints]);
        _answers = [.. Enumerable.Range(0, endpoints).Select(_ => new SimulatedAnswers())];
    }

    public long Requests => _requests.Sum();

    public EventCount Total => new(_failed.Sum(), Requests);

    /// <summary>Counters of a time before the simulation: what is expected of it, without chance.</summary>
    public void Past(double requests, double failures)
    {
        var (model, endpoints) = (_context.Models.Of(LatencyShape.Usual), _requests.Length);
        for (var e = 0; e < endpoints; e++)
        {
            _requests[e] += (long)Math.Round(requests / endpoints);
            _failed[e] += (long)Math.Round(failures / endpoints);
            model.Expect(requests / endpoints, _cells, e * _kinds);
        }
    }

    /// <param name="asked">How many of each endpoint: told.</param>
    public void Count(SimulatedInstance instance, long requests, LatencyModel model, Span<long> asked)
    {
        model.Draw(_context.Latency, requests, instance.Cells, asked, _cells);
        for (var e = 0; e < asked.Length; e++)
        {
            _requests[e] += asked[e];
            instance.Requests[e] += asked[e];
        }

        instance.Changed();
    }

    /// <summary>Which of them failed is chance. Takes them off <paramref name="left"/>.</summary>
    public void Fail(SimulatedInstance instance, long failed, Span<long> left)
    {
        Span<long> parts = stackalloc long[left.Length];
        _context.Counts.Split(failed, left, parts);
        for (var e = 0; e < left.Length; e++)
        {
            if (parts[e] == 0) continue;
            Fail(instance, e, parts[e]);
            left[e] -= parts[e];
        }
    }

    public void Fail(SimulatedInstance instance, int endpoint, long failed)
    {
        _failed[endpoint] += failed;
        instance.Failed[endpoint] += failed;
    }

    public void Break(SimulatedInstance instance, int endpoint, long broken)
    {
        Fail(instance, endpoint, broken);
        _answers[endpoint].NoAnswer += broken;
        instance.Answers.NoAnswer += broken;
    }

    public void NotFound(SimulatedInstance instance, int endpoint, long missing)
    {
        _answers[endpoint].NotFound += missing;
        instance.Answers.NotFound += missing;
    }

    public void Empty(SimulatedInstance instance, int endpoint, long empty)
    {
        _answers[endpoint].Empty += empty;
        instance.Answers.Empty += empty;
    }

    /// <summary>One more request, which nobody answered.</summary>
    public void Lose(SimulatedInstance instance, int endpoint)
    {
        _requests[endpoint]++;
        _cells[endpoint * _kinds]++;
        instance.Requests[endpoint]++;
        instance.Cells[0]++;
        Break(instance, endpoint, 1);
        instance.Changed();
    }

    /// <summary>Nobody is there to answer.</summary>
    public void Refuse(long requests)
    {
        for (var i = 0L; i < requests; i++)
        {
            var endpoint = (int)(i % _requests.Length);
            _requests[endpoint]++;
            _failed[endpoint]++;
            _answers[endpoint].NoAnswer++;
            _cells[endpoint * _kinds]++;
        }
    }

    public IReadOnlyDictionary<string, EndpointCounters> Counted()
    {
        var endpoints = new EndpointCounters[_requests.Length];
        for (var e = 0; e < endpoints.Length; e++)
        {
            endpoints[e] = new(_requests[e], _failed[e], _context.Models.Counted(_cells.AsSpan(e * _kinds, _kinds)))
            {
                Answers = _answers[e].Of(_requests[e], _failed[e]),
            };
        }

        return new ShortMap<EndpointCounters>(_context.Endpoints, endpoints);
    }
}
