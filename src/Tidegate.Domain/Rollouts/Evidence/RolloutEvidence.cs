namespace Tidegate;

/// <summary>All evidence against the candidate under the release's one budget, carried from its first window to its last.</summary>
/// <remarks>A fold: the same windows in the same order give the same evidence. Windows of different shares are never pooled, and an instance's death takes the
/// region's window out for both versions.</remarks>
internal sealed class RolloutEvidence
{
    private const double LeastPooled = 2;
    private readonly RolloutPlan _plan;
    private readonly RolloutOptions _options;
    private readonly List<FailureSet> _sets;
    private readonly HashSet<(int Region, string Instance)> _joined = [];
    private readonly PairedStream[] _endpoints;
    private readonly PairedStream[] _metrics;
    private readonly PairedStream[] _answers; // of all requests, then by endpoint; kinds within
    private readonly PairedStream[] _slow;
    private readonly PairedStream _journeys;
    private readonly PairedStream _readiness;
    private readonly PairedStream[] _streams;
    private readonly RestartEvidence _restarts;
    private readonly MemoryEvidence _memory;
    private readonly int[] _zones;
    private readonly HitRate[] _hitRates;
    private readonly double[][][] _logs; // by region: of the set with everything, by process
    private readonly double[] _sum = new double[RateRatio.MostAlternatives];
    private readonly List<(FailureSet Set, int Region, double[]?[] Logs)> _seen = [];
    private readonly RateRatio _question;
    private RolloutReference _reference;
    private EvidenceSum _parts = new();
    private bool _warm, _steady, _warmSteady, _slowRead; // in some region of this window

    public RolloutEvidence(RolloutPlan plan, RolloutReference reference)
    {
        (_plan, _options, _reference) = (plan, plan.Options, reference);
        _question = RateRatio.FailuresBeyond(_options.Tolerance);
        var (regions, beginnings) = (plan.Regions.Count, plan.Beginnings);
        _zones = [.. reference.Regions.Select(r => r.ZoneCount)];
        _hitRates = [.. reference.Regions.Select(r => new HitRate(r.HitRate))];
        _logs = [.. Enumerable.Range(0, regions).Select(_ => new double[FailureSet.Processes][])];
        _sets = [FailureSet.Everything(_zones, beginnings, steady: false), FailureSet.Everything(_zones, beginnings, steady: true)];

        var weights = _options.Weights;
        var paired = plan.Endpoints.Count + plan.Metrics.Count;
        var zones = _zones.DefaultIfEmpty(1).Max();
        _endpoints = [.. plan.Endpoints.Select(e => Stream(EvidenceKind.Endpoints, e, _question, weights.Endpoints / paired, zones))];
        _metrics = [.. plan.Metrics.Select(m => Stream(EvidenceKind.Endpoints, m, _question, weights.Endpoints / paired, 1))];
        _answers =
        [
            .. Kinds("all requests", weights.Answers / 2),
            .. plan.Endpoints.SelectMany(e => Kinds(e, weights.Answers / 2 / Math.Max(1, plan.Endpoints.Count))),
        ];
        double[] parts = plan.LatencyLimit is null ? [12, 8, 5] : [12, 8, 5, 3];
        string[] names = ["the slowest hundredth", "the slowest tenth", "the slower half", "beyond the declared limit"];
        _slow = [.. parts.Select((part, q) => Stream(EvidenceKind.Slow, names[q], RateRatio.Slower, weights.Slow * part / parts.Sum(), 1))];
        _journeys = Stream(EvidenceKind.Journeys, "journeys", RateRatio.Journeys, weights.Journeys, 1, LeastPooled);
        _readiness = Stream(EvidenceKind.Readiness, "readiness", RateRatio.Readiness, weights.Readiness, 1, LeastPooled);
        _streams = [.. _endpoints, .. _metrics, .. _answers, .. _slow, _journeys, _readiness];
        _restarts = new(regions, reference.Crashes, reference.InstanceHours, beginnings.TailOf(EvidenceKind.Restarts));
        _memory = new(_options.MemoryVariance);

        PairedStream Stream(EvidenceKind kind, string name, RateRatio question, double weight, int ofZones, double closesAt = FailureCells.RequestsToClose) =>
            new(kind, name, question, weight, closesAt, regions, ofZones, beginnings);

        IEnumerable<PairedStream> Kinds(string of, double weight) =>
            Enumerable.Range(0, AnswerKinds.Count).Select(k => Stream(EvidenceKind.Answers, $"{AnswerKinds.Accused[k]}: {of}", RateRatio.Answers, weight / AnswerKinds.Count, 1));
    }

    /// <summary>M: at 1/α the candidate is accused.</summary>
    public double Merged { get; private set; } = 1;

    /// <summary>M without the one instance that speaks most, and without the windows in which a share has changed.</summary>
    public double Rest { get; private set; } = 1;

    /// <summary>M without the one instance that speaks most.</summary>
    public double Others { get; private set; } = 1;

    /// <summary>What weighs most, and where; a region's index, or −1 for the service.</summary>
    public (EvidenceKind Kind, string Name, int Region) Accused { get; private set; } = (EvidenceKind.Errors, "errors", -1);

    /// <summary>What each kind adds to M.</summary>
    public IReadOnlyDictionary<EvidenceKind, double> Parts => _parts.Parts;

    public double Crashes => _restarts.Usual;

    /// <summary>A later stage measured the hour before anew; what speaks against the candidate stays.</summary>
    public void Measure(RolloutReference reference) => _reference = reference;

    /// <summary>A fault may begin now.</summary>
    /// <param name="region">In one region; null: in the service.</param>
    /// <param name="mass">Of each process's capital.</param>
    /// <param name="probe">At a probe: journeys, readiness and restarts are judged all the time, and have no part of it.</param>
    public void Begin(int? region, double mass, bool probe = false)
    {
        foreach (var stream in _streams.Where(s => !probe || !BudgetWeights.Lasts(s.Kind))) (region is { } r ? stream.Regions[r] : stream.Service).Begin(mass);
        foreach (var set in _sets)
        {
            foreach (var process in (region is { } r ? set.Regions[r] : set.Service) ?? []) process.Begin(mass);
        }

        if (region is null && !probe) _restarts.Process.Begin(mass);
    }

    /// <summary>An instance of the candidate is there for the first time.</summary>
    public void Join(int region, string instance)
    {
        if (_joined.Add((region, instance))) _sets.Add(_sets[0].WithoutInstance(region, instance, _zones));
    }

    /// <summary>The share of a region has changed: what waits there is forgotten.</summary>
    public void Drop(int region)
    {
        foreach (var stream in _streams.Where(s => !BudgetWeights.Lasts(s.Kind))) stream.Drop(region);
        foreach (var set in _sets) set.Drop(region);
    }

    /// <summary>One region's window in which both versions took requests and no instance died.</summary>
    /// <param name="steady">Its share has not changed since the window before.</param>
    /// <param name="slow">Slow requests are read.</param>
    public void Split(int region, RegionWindow window, double seconds, bool warm, bool steady, bool slow, StartLift lift)
    {
        // The tail is fed before the window closes: a fault may have begun in it.
        foreach (var set in _sets) Judge(set.Regions[region] ?? [], warm, seconds);
        _warm |= warm;
        Failures(region, window, warm, steady, lift);
        if (!steady) return;

        _steady = true;
        _warmSteady |= warm;
        _slowRead |= warm && slow;
        foreach (var stream in _streams)
        {
            if (Counts(stream, warm, slow)) stream.Regions[region].Judge(seconds);
        }

        var reference = _reference.Regions[region];
        Answers(region, window, reference); // a cold start is slow, or fails; it gives no other kind of answer
        if (!warm) return;

        Endpoints(region, window, reference, lift.Failures);
        if (slow) Slow(region, window, lift);
    }

    /// <summary>One region's window in which both versions have instances, whatever their shares.</summary>
    public void Beside(int region, RegionWindow window, double seconds)
    {
        if (window.Journeys is { } walks) _journeys.Add(region, 0, walks[0], walks[1], walks[2], walks[3]);
        if (window.Ready is { } ready) _readiness.Add(region, 0, ready[0], ready[1], ready[2], ready[3]);
        foreach (var stream in new[] { _journeys, _readiness })
        {
            stream.Regions[region].Judge(seconds);
            stream.Close(region, Tempering.None, 1);
        }
    }

    /// <summary>All regions of a window have been told of.</summary>
    /// <param name="at">Judged seconds since the release began.</param>
    /// <param name="split">Some region had both versions under requests.</param>
    public void Merge(RolloutWindow window, double at, bool split)
    {
        if (split)
        {
            foreach (var set in _sets) Judge(set.Service, _warm, window.Seconds);
            foreach (var stream in _streams)
            {
                if (_steady && Counts(stream, _warmSteady, _slowRead)) stream.Service.Judge(window.Seconds);
            }
        }

        (_warm, _steady, _warmSteady, _slowRead) = (false, false, false, false);
        _journeys.Service.Judge(window.Seconds);
        _readiness.Service.Judge(window.Seconds);
        var moved = Service();
        foreach (var stream in _streams) moved |= stream.Merge();
        moved |= Restarts(window, at);
        moved |= window.Regions.Select(r => r.Memory).FirstOrDefault(m => m is not null) is { } memory && _memory.Add(at, memory);
        if (moved) Sum();
    }

    /// <summary>What has begun is given up everywhere; beginnings to come stay. E only falls, so the promise stays.</summary>
    public void Forget()
    {
        foreach (var stream in _streams) stream.Forget();
        foreach (var set in _sets) set.Forget();
        Sum();
    }

    /// <summary>The budget as it was spent: for people.</summary>
    public IEnumerable<(EvidenceKind Kind, string Name, double Part)> Streams() =>
        _streams.Select(s => (s.Kind, s.Name, Add(new EvidenceSum(), s)));

    /// <summary>Hard failures are judged from the first second, errors once it is warm.</summary>
    private static void Judge(PlannedProcess[] processes, bool warm, double seconds)
    {
        for (var p = warm ? 0 : FailureSet.Hard0; p < processes.Length; p++) processes[p].Judge(seconds);
    }

    /// <summary>Judged in windows in which both versions take requests at a share that stands.</summary>
    private static bool Counts(PairedStream stream, bool warm, bool slow) => stream.Kind switch
    {
        EvidenceKind.Answers => true,
        EvidenceKind.Slow => slow,
        _ => warm && !BudgetWeights.Lasts(stream.Kind),
    };

    private void Failures(int region, RegionWindow window, bool warm, bool steady, StartLift lift)
    {
        var reference = _reference.Regions[region];
        var (mine, theirs) = (window.Candidate, window.Running);
        var (cells, hitCells, running) = Compared(theirs, reference.Sick);
        var used = Dispersion(window, reference, running);
        var counts = used.Counts(reference.Counts);
        var hits = used.Of(reference.Hits);
        foreach (var set in _sets)
        {
            if (!set.Sees(region) || (set.Steady && !steady) || (set.Without is not null && mine.Count == 1)) continue;

            var (errors, hard) = (set.Errors[region]!, set.Hard[region]!);
            for (var i = 0; i < mine.Count; i++)
            {
                var one = mine[i];
                if (one.Instance == set.Without) continue;
                hard.AddCandidate(one.Zone, one.Requests, one.Failures);
                if (warm) errors.AddCandidate(one.Zone, one.Requests, one.Failures);
            }

            for (var i = 0; i < theirs.Count; i++)
            {
                var one = theirs[i];
                if (IsSick(reference, one.Instance)) continue;
                hard.AddRunning(one.Zone, one.Requests, one.Failures);
                if (warm) errors.AddRunning(one.Zone, one.Requests, one.Failures);
            }

            var logs = new double[]?[FailureSet.Processes];
            if (warm) Close(errors, _question, 0, lift.Failures);
            Close(hard, RateRatio.HardFailures, 2, lift.Hard);
            for (var p = 0; p < logs.Length; p++)
            {
                if (logs[p] is { } log) set.Regions[region]![p].See(log);
            }

            _seen.Add((set, region, logs));

            void Close(FailureCells cells, RateRatio question, int process, double by)
            {
                if (!cells.Closes) return;
                if (cells.Failed)
                {
                    logs[process] = new double[question.Alternatives.Length];
                    logs[process + 1] = new double[question.Alternatives.Length];
                    cells.Counts(question, counts, by, logs[process]);
                    cells.Hits(question, hits, _hitRates[region].PerRequest, by, logs[process + 1]);
                }

                cells.Clear();
            }
        }

        _hitRates[region] = _hitRates[region].Next(cells, hitCells, running);
    }

    private static bool IsSick(RegionReference reference, string instance) => reference.Sick.Count > 0 && reference.Sick.Contains(instance);

    /// <summary>Running cells that are compared, those that were hit, and their requests.</summary>
    private static (int Cells, int Hits, long Requests) Compared(
        IReadOnlyList<InstanceCell> running, IReadOnlyList<string> sick)
    {
        var (cells, hits, requests) = (0, 0, 0L);
        foreach (var one in running)
        {
            if (one.Requests <= 0 || (sick.Count > 0 && sick.Contains(one.Instance))) continue;
            cells++;
            requests += one.Requests;
            if (one.Failures > 0) hits++;
        }

        return (cells, hits, requests);
    }

    private static WindowDispersion Dispersion(RegionWindow window, RegionReference reference, long running)
    {
        var cells = 0;
        foreach (var one in window.Candidate) cells += one.Requests > 0 ? 1 : 0;
        return WindowDispersion.In(window.CandidateCount.Exposures, cells, running, reference.Cell);
    }

    private void Endpoints(int region, RegionWindow window, RegionReference reference, double lift)
    {
        var hits = new Tempering(reference.Hits, double.PositiveInfinity);
        for (var e = 0; e < _endpoints.Length && window.Endpoints is { } endpoints; e++)
        {
            for (var z = 0; z < endpoints[e].Count / 4; z++)
            {
                var at = 4 * z;
                var failures = PairedStream.Softened(endpoints[e][at + 2], reference.Counts);
                _endpoints[e].Add(region, z, endpoints[e][at], endpoints[e][at + 1], failures, endpoints[e][at + 3]);
            }

            _endpoints[e].Close(region, hits, lift);
        }

        for (var m = 0; m < _metrics.Length && window.Metrics is { } metrics; m++)
        {
            var events = PairedStream.Softened(metrics[m][2], reference.Counts);
            _metrics[m].Add(region, 0, metrics[m][0], metrics[m][1], events, metrics[m][3]);
            _metrics[m].Close(region, hits, lift);
        }
    }

    private void Answers(int region, RegionWindow window, RegionReference reference)
    {
        if (window.Answers is not { } answers) return;

        var hits = new Tempering(reference.Hits, double.PositiveInfinity);
        var all = new long[2 * AnswerKinds.Count];
        for (var e = 0; e < answers.Count; e++)
        {
            if (IsExpected(e)) continue;
            for (var i = 0; i < all.Length; i++) all[i] += answers[e][i];
            Add(AnswerKinds.Count * (e + 1), answers[e]);
        }

        Add(0, all);

        void Add(int first, IReadOnlyList<long> counts)
        {
            for (var k = 0; k < AnswerKinds.Count; k++)
            {
                var (n, m, a, b) = AnswerKinds.Pair(counts, k);
                _answers[first + k].Add(region, 0, n, m, PairedStream.Softened(a, reference.Counts), b);
                _answers[first + k].Close(region, hits, 1);
            }
        }
    }

    private void Slow(int region, RegionWindow window, StartLift lift)
    {
        if (window.Slow is not { } slow) return;

        // Sick instances are not told apart here: slow requests are counted by region.
        var (mine, theirs) = (window.CandidateCount.Exposures, window.RunningCount.Exposures);
        var used = Dispersion(window, _reference.Regions[region], theirs);
        for (var q = 0; q < _slow.Length && q < slow.Count; q++)
        {
            _slow[q].Add(region, 0, mine, theirs, slow[q][0], slow[q][3]);
            var dispersion = _reference.SlowDispersion[Math.Min(q, _reference.SlowDispersion.Count - 1)];
            _slow[q].Close(region, used.Slow(dispersion), lift.Slow(q));
        }
    }

    /// <summary>What it answers was declared to change: its kinds of answers are left out, and nothing else. A failure
    /// there stays one.</summary>
    private bool IsExpected(int endpoint)
    {
        foreach (var change in _plan.Expected)
        {
            if (change.Endpoint == _plan.Endpoints[endpoint]) return true;
        }

        return false;
    }

    /// <summary>What the regions say together of failures, for every set: its own region's with its own counts.</summary>
    private bool Service()
    {
        if (_seen.Count == 0) return false;

        foreach (var logs in _logs) Array.Clear(logs);
        foreach (var (set, region, logs) in _seen)
        {
            if (!ReferenceEquals(set, _sets[0])) continue;
            for (var p = 0; p < logs.Length; p++) _logs[region][p] = logs[p]!;
        }

        var moved = false;
        foreach (var set in _sets) moved |= Service(set);
        _seen.Clear();
        return moved;
    }

    private bool Service(FailureSet set)
    {
        var moved = false;
        double[]?[]? own = null;
        if (set.Without is not null) own = _seen.Find(s => ReferenceEquals(s.Set, set)).Logs;
        for (var p = 0; p < FailureSet.Processes; p++)
        {
            Array.Clear(_sum);
            var any = false;
            for (var r = 0; r < _logs.Length; r++)
            {
                var logs = set.Steady ? _seen.Find(s => ReferenceEquals(s.Set, set) && s.Region == r).Logs?[p]
                    : set.Region == r && own is not null ? own[p]
                    : _logs[r][p];
                if (logs is null) continue;
                any = true;
                for (var k = 0; k < logs.Length; k++) _sum[k] += logs[k];
            }

            if (!any) continue;
            set.Service[p].See(_sum.AsSpan(0, p < 2 ? RateRatio.MostAlternatives : RateRatio.HardFailures.Alternatives.Length));
            moved = true;
        }

        return moved;
    }

    private bool Restarts(RolloutWindow window, double at)
    {
        Span<int> mine = stackalloc int[window.Regions.Count], theirs = stackalloc int[window.Regions.Count];
        var (hours, theirHours) = (0.0, 0.0);
        for (var r = 0; r < window.Regions.Count; r++)
        {
            var region = window.Regions[r];
            (mine[r], theirs[r]) = (region.CandidateDeaths, region.RunningDeaths);
            hours += region.CandidateReady * window.Seconds / 3600;
            theirHours += region.RunningReady * window.Seconds / 3600;
        }

        return _restarts.Add(at, window.Seconds, mine, theirs, hours, theirHours);
    }

    /// <summary>M = Σ ω·[0.6·service + 0.4·mean of the regions]; the same for every set, with its own failures.</summary>
    private void Sum()
    {
        var (sum, lasting, single) = (new EvidenceSum(), 0.0, 0.0);
        foreach (var stream in _streams)
        {
            if (_plan.Shadows.Contains(stream.Kind)) continue;
            var part = Add(sum, stream);
            if (BudgetWeights.Lasts(stream.Kind) || stream.Kind == EvidenceKind.Slow) lasting += part;
            else single += Math.Min(part, stream.Weight);
        }

        var weights = _options.Weights;
        lasting += Whole(EvidenceKind.Restarts, "restarts", _restarts.Process.Value);
        lasting += Whole(EvidenceKind.Memory, "memory", Math.Exp(Math.Min(_memory.LogValue, PlannedProcess.MostLog)));
        Failures(sum, EvidenceKind.Errors, "errors");
        Failures(sum, EvidenceKind.Hard, "hard failures");
        (_parts, Merged, Accused) = (sum, sum.Merged, sum.Accused);
        _sets[0].Merged = Merged;
        (Rest, Others) = (Merged, Merged);
        for (var s = 1; s < _sets.Count; s++)
        {
            var set = _sets[s];
            set.Merged = lasting + single;
            if (!_plan.Shadows.Contains(EvidenceKind.Errors)) set.Merged += weights.Errors * Failures(set, 0);
            if (!_plan.Shadows.Contains(EvidenceKind.Hard)) set.Merged += weights.Hard * Failures(set, 1);
            Rest = Math.Min(Rest, set.Merged);
            if (!set.Steady) Others = Math.Min(Others, set.Merged);
        }

        double Whole(EvidenceKind kind, string name, double value) =>
            _plan.Shadows.Contains(kind) ? 0 : sum.Add(kind, name, weights[kind], value);
    }

    private static double Add(EvidenceSum sum, PairedStream stream)
    {
        Span<double> regions = stackalloc double[stream.Regions.Count];
        for (var r = 0; r < regions.Length; r++) regions[r] = stream.Regions[r].Value;
        return sum.Add(stream.Kind, stream.Name, stream.Weight, stream.Service.Value, regions);
    }

    private void Failures(EvidenceSum sum, EvidenceKind kind, string name)
    {
        if (_plan.Shadows.Contains(kind)) return;
        var (set, of) = (_sets[0], kind == EvidenceKind.Errors ? 0 : 1);
        Span<double> regions = stackalloc double[_zones.Length];
        for (var r = 0; r < regions.Length; r++) regions[r] = Mix(set.Regions[r]!, of);
        sum.Add(kind, name, _options.Weights[kind], Mix(set.Service, of), regions);
    }

    private double Failures(FailureSet set, int kind)
    {
        Span<double> regions = stackalloc double[_zones.Length];
        for (var r = 0; r < regions.Length; r++) regions[r] = Mix(set.Regions[r] ?? _sets[0].Regions[r]!, kind);
        return BudgetWeights.OfScopes(Mix(set.Service, kind), regions);
    }

    /// <summary>Half by counts, half by hits.</summary>
    private static double Mix(PlannedProcess[] processes, int kind) =>
        (processes[2 * kind].Value + processes[(2 * kind) + 1].Value) / 2;
}
