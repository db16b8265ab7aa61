namespace Tidegate.Rollouts;

/// <summary>A short release whose candidate is as bad as is borne in every stream at once: the least favourable of all
/// harmless ones.</summary>
/// <remarks>Failures at 1.1 times, kinds of answers at twice, journeys at 1.5 times, readiness and deaths at 3 times
/// the running version's rate; as many slow
/// requests beyond the tolerated edge as the running version has beyond its own; memory as noisy as it is taken to
/// be.</remarks>
/// <param name="worse">How many times worse than borne: 1 is harmless.</param>
internal sealed class HarmlessRelease(int seed, double worse = 1)
{
    private const int Windows = 180, Regions = 2, Instances = 6;
    private const double Seconds = 5, PerInstance = 30, Usual = 0.01, Denied = 0.01, WalksFail = 0.02, Unready = 0.001,
        DeathsPerHour = 2 / 24.0;

    private static readonly RolloutOptions Options = RolloutOptions.Default with
    {
        WarmUp = TimeSpan.FromSeconds(20), MinimumTime = TimeSpan.FromSeconds(40),
        LowTrafficTime = TimeSpan.FromSeconds(120),
    };

    private static readonly RolloutPlan Plan = SomeRollout.Plan(Regions, endpoints: 1, Options);
    private static readonly RolloutReference Reference = SomeRollout.Reference(Regions, endpoints: 1, Usual);
    private readonly Random _random = new(seed);

    /// <summary>What it comes to, and the largest M on the way.</summary>
    public (RolloutSays Says, double Highest, EvidenceKind Accused) Play()
    {
        var (rollout, step, highest) = (Rollout.Begin(Plan, Reference), 0, 0.0);
        rollout.Enter(step);
        for (var t = 0; t < Windows && rollout.Says is RolloutSays.GoOn; t++)
        {
            rollout.See(Window(rollout));
            highest = Math.Max(highest, rollout.Merged);
            if (rollout.Says == RolloutSays.Passed && ++step < Plan.Phases.Count) rollout.Enter(step);
        }

        return (rollout.Says, highest, rollout.Accused.Kind);
    }

    private RolloutWindow Window(Rollout rollout)
    {
        var targets = rollout.Targets(SomeRollout.Candidate);
        return new(Seconds, [.. Plan.Regions.Select(r => Region(targets.FirstOrDefault(t => t.Region == r.Name)))]);
    }

    private RegionWindow Region(RegionTarget? target)
    {
        var candidate = target?.Versions.FirstOrDefault(v => v.Digest == SomeRollout.Candidate);
        var share = candidate?.Share ?? TrafficShare.None;
        var (mine, theirs) = (candidate?.Instances ?? 0,
            target?.Versions.Where(v => v.Digest != SomeRollout.Candidate).Sum(v => v.Instances) ?? Instances);
        InstanceCell[] ours = [.. Cells("c", mine, share.Ratio, worse * 1.1 * Usual)],
            others = [.. Cells("o", theirs, 1 - share.Ratio, Usual)];
        var (n, m) = (ours.Sum(c => c.Requests), others.Sum(c => c.Requests));
        return new()
        {
            Share = share,
            CandidateReady = mine,
            RunningReady = theirs,
            Candidate = ours,
            Running = others,
            Endpoints = [[n, m, ours.Sum(c => c.Failures), others.Sum(c => c.Failures)]],
            Answers = [[.. Answers(n, 2 * Denied), .. Answers(m, Denied)]],
            Slow = [Slow(n, m, 0.01), Slow(n, m, 0.1), Slow(n, m, 0.5)],
            Journeys = [1, 1, Poisson(1.5 * WalksFail) > 0 ? 1 : 0, Poisson(WalksFail) > 0 ? 1 : 0],
            Ready = [mine, theirs, Math.Min(mine, Poisson(mine * 3 * Unready)),
                Math.Min(theirs, Poisson(theirs * Unready))],
            Deaths = [(int)Math.Min(1, Poisson(3 * DeathsPerHour * mine * Seconds / 3600)),
                (int)Math.Min(1, Poisson(DeathsPerHour * theirs * Seconds / 3600))],
            Memory = mine == 0 ? null : Math.Sqrt(12 * RolloutOptions.Default.MemoryVariance) * Normal(),
        };
    }

    private IEnumerable<InstanceCell> Cells(string name, int instances, double share, double rate)
    {
        for (var i = 0; i < instances; i++)
        {
            var requests = Poisson(Instances * PerInstance * share / instances);
            yield return new($"{name}{i}", 0, requests, Math.Min(requests, Poisson(requests * rate)));
        }
    }

    /// <summary>Requests that are answered are denied so often, and else have content.</summary>
    private long[] Answers(long requests, double denied)
    {
        var no = Math.Min(requests, Poisson(requests * denied));
        return [0, 0, no, 0, 0, requests - no];
    }

    private long[] Slow(long mine, long theirs, double rate)
    {
        var slow = Math.Min(mine, Poisson(mine * rate));
        return [slow, slow, slow, Math.Min(theirs, Poisson(theirs * rate))];
    }

    private long Poisson(double mean)
    {
        if (mean > 40) return Math.Max(0, (long)Math.Round(mean + (Math.Sqrt(mean) * Normal())));
        var (count, product, floor) = (0L, _random.NextDouble(), Math.Exp(-mean));
        for (; product > floor; product *= _random.NextDouble()) count++;
        return count;
    }

    private double Normal() =>
        Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
