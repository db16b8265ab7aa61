namespace Tidegate;

/// <summary>Decides, window by window, how many requests a release gets and whether it stays: pure, and the same everywhere.</summary>
/// <remarks>The rules are those of docs/gate.md. Bad evidence is looked at before everything else and is latched; an incident freezes
/// promotion and ramp only; a window that could not be read changes nothing at all.</remarks>
public sealed class SequentialGate
{
    private readonly SequentialRules _rules;

    /// <exception cref="ArgumentException">The budget's weights do not sum to 1.</exception>
    public SequentialGate(SequentialOptions options, GateReference reference)
    {
        if (Math.Abs(options.Budget.Total - 1) > 1e-9) throw new ArgumentException("the weights of the error budget must sum to 1", nameof(options));

        _rules = new(options, reference);
        Accused = Math.Log(1 / options.Alpha);
    }

    /// <summary>Nats of merged evidence that are the verdict.</summary>
    public double Accused { get; }

    private SequentialOptions Options => _rules.Options;

    /// <summary>More than a tenth of the way to an accusation: nothing is promoted or cleared meanwhile.</summary>
    private double Suspected => Accused - Math.Log(10);

    /// <summary>Nothing seen yet; the first weight is set.</summary>
    public SequentialState Begin()
    {
        var endpoints = _rules.Reference.EndpointShares.Count;
        var weight = Options.Steps.Count > 0 ? Options.Steps[0].Share : _rules.Weight(RampBound.Unknown.WorstRate);
        return new(
            GatePhase.Ramp, weight, TimeSpan.Zero, TimeSpan.Zero, 0, weight,
            Accusation.Begin(endpoints), Clearance.Begin(endpoints), default, default,
            new Watch(_rules.Reference.FailureRate, _rules.Reference.SlowRate, default, default), Probe.Begin, string.Empty);
    }

    /// <summary>Begins where a promotion ends: the candidate has all requests, the old version stays warm.</summary>
    public SequentialState BeginWatch() => Begin() with { Phase = GatePhase.Watch, Weight = 1, LastShare = 1 };

    /// <summary>What had to be held is gone on with: time and the evidence for it begin anew, the evidence against it stays.
    /// An incident that is still on shows again.</summary>
    public SequentialState Reopen(SequentialState held)
    {
        if (held.Phase != GatePhase.Held) return held;

        var fresh = Begin();
        return fresh with { Weight = held.Weight, LastShare = held.LastShare, Against = held.Against.Restart(), Silence = held.Silence with { For = TimeSpan.Zero } };
    }

    /// <summary>The state after one more window.</summary>
    public SequentialState Next(SequentialState state, in GateReading reading)
    {
        if (state.Ended || reading.Missing || !Sound(reading)) return state;

        var warm = state.Judged >= Options.WarmUp;
        // What waits from another weight is forgotten, on both sides.
        if (state.LastShare != reading.Share)
        {
            state = state with
            {
                Against = state.Against.Restart(), For = state.For.Restart(), Probe = state.Probe.Restart(),
            };
        }

        var judged = state.Judged + Options.Window;
        var incident = reading.Split
            ? state.Incident.Next(reading.Baseline, state.Watch.FailureRate, _rules.Reference.Dispersion)
            : state.Incident;
        incident = incident with { Seen = reading.Incident };
        var next = state with
        {
            Judged = judged,
            InPhase = state.InPhase + Options.Window,
            LastShare = reading.Share,
            Against = state.Against.Add(_rules, reading, warm, judged.TotalMinutes),
            Silence = state.Silence.Next(reading, Options.Window),
            Incident = incident,
            For = state.Phase == GatePhase.Ramp && warm && reading.Split && !incident.On ? state.For.Add(_rules, reading) : state.For,
        };

        if (next.Against.LogValue >= Accused) return End(next, GatePhase.RolledBack, Accusations.Words(next.Against, Options.Budget));
        if (reading.Split && next.Silence.IsDeath) return End(next, GatePhase.RolledBack, "the candidate reports nothing of what is routed to it");

        return state.Phase switch
        {
            GatePhase.Ramp => Options.Steps.Count > 0 ? FixedSteps(next) : Ramp(next),
            GatePhase.Watch => WatchOn(next, reading),
            _ => ProbeOn(next, reading),
        };
    }

    private SequentialState Ramp(SequentialState state)
    {
        if (!state.Incident.On && MayPromote(state)) return Promote(state);
        if (state.Judged - Options.WarmUp >= 2 * Options.CapTime)
        {
            return Options.AtCap == CapPolicy.Promote && !state.Incident.On && state.Against.LogValue < Suspected
                ? Promote(state)
                : End(state, GatePhase.Held, "the evidence did not come in time");
        }

        var windows = (long)Math.Round(state.Judged / Options.Window);
        return state.Incident.On || windows % _rules.WindowsPerRamp != 0
            ? state
            : state with { Weight = Math.Max(state.Weight, Math.Min(2 * state.Weight, _rules.Weight(state.For.Bound.WorstRate))) };
    }

    private bool MayPromote(SequentialState state)
    {
        if (state.Judged < Options.MinimumTime || !state.For.FloorsMet(_rules)) return false;
        if (state.Against.LogValue >= Suspected) return false;
        if (state.For.Passes(Options)) return true;
        if (!state.For.Cheap(_rules)) return false;

        var soaked = state.Judged - Options.WarmUp;
        return soaked >= Options.CapTime || (soaked >= Options.LowTrafficTime && _rules.ExpectedEvidenceTime > Options.CapTime);
    }

    private SequentialState FixedSteps(SequentialState state)
    {
        if (state.Incident.On || state.Against.LogValue >= Suspected || state.InPhase < Options.Steps[state.Step].Bake) return state;
        if (state.Step < Options.Steps.Count - 1)
        {
            return state with { Step = state.Step + 1, Weight = Options.Steps[state.Step + 1].Share, InPhase = TimeSpan.Zero };
        }

        return state.Judged >= Options.MinimumTime && state.For.FloorsMet(_rules) ? Promote(state) : state;
    }

    private SequentialState WatchOn(SequentialState state, in GateReading reading)
    {
        var next = state with { Watch = state.Incident.Seen ? state.Watch : state.Watch.Next(reading, _rules.Reference) };
        if (next.Watch.IsSuspicious || next.Silence.IsSuspicious(_rules.Reference.RequestsPerSecond))
        {
            return next with { Phase = GatePhase.Probe, Weight = Probe.Share, Probe = Probe.Begin, InPhase = TimeSpan.Zero };
        }

        return Watched(next) && !next.Incident.Seen ? End(next, GatePhase.Released, "healthy to the end of the watch") : next;
    }

    private SequentialState ProbeOn(SequentialState state, in GateReading reading)
    {
        var next = state with { Probe = state.Probe.Next(_rules, reading, state.Incident.On) };
        return state.Incident.On || state.Against.LogValue >= Suspected || !next.Probe.IsCleared(_rules)
            ? next
            : next with { Phase = GatePhase.Watch, Weight = 1, Watch = next.Probe.Anchor(next.Watch), InPhase = TimeSpan.Zero };
    }

    private bool Watched(SequentialState state) => state.Judged - state.PromotedAt >= Options.WatchTime;

    private SequentialState Promote(SequentialState state)
    {
        var shown = state.For.Passes(Options);
        return state with
        {
            Phase = GatePhase.Watch,
            Weight = 1,
            InPhase = TimeSpan.Zero,
            PromotedAt = state.Judged,
            PromotedByEvidence = shown,
            Because = shown ? "shown not to be harmful" : "watched long enough, and little is at stake",
        };
    }

    private static SequentialState End(SequentialState state, GatePhase phase, string because) =>
        state with { Phase = phase, Weight = phase == GatePhase.RolledBack ? 0 : state.Weight, Because = because };

    /// <summary>More events than requests, or a share that is none: such a window is not read.</summary>
    private static bool Sound(in GateReading reading) =>
        reading.Share is >= 0 and <= 1
        && reading.Requests is { Candidate: >= 0, Baseline: >= 0, CandidateEvents: >= 0, BaselineEvents: >= 0 } counts
        && counts.CandidateEvents <= counts.Candidate && counts.BaselineEvents <= counts.Baseline;
}
