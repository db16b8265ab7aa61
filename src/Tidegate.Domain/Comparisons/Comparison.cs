namespace Tidegate;

/// <summary>A step's comparison so far: what the gate thinks, and what it has seen at the share that stands. Constant size, pure.</summary>
/// <param name="Seen">Requests and failures since the share last changed.</param>
/// <param name="Slow">Slow requests at the 99th percentile since then; the candidate's beyond the edge.</param>
/// <param name="Endpoints">As <paramref name="Seen"/>, by endpoint of the reference.</param>
/// <param name="Windows">So far, those that could not be read included.</param>
/// <param name="Unread">Windows that could not be read.</param>
/// <param name="UnreadInRow">Of them, the newest ones in a row.</param>
public sealed record Comparison(
    ComparisonPlan Plan,
    ComparisonReference Reference,
    SequentialState State,
    int Share,
    PairedCounts Seen,
    PairedCounts Slow,
    IReadOnlyList<PairedCounts> Endpoints,
    int Windows,
    int Unread,
    int UnreadInRow,
    SequentialState? Shadow)
{
    private SequentialGate Gate { get; init; } = new(Plan.Options, Reference.For(Plan));

    private SequentialGate? ShadowGate { get; init; } = Plan.Shadow is { } shadow ? new(shadow.Options, Reference.For(Plan)) : null;

    public static Comparison Begin(ComparisonPlan plan, ComparisonReference reference)
    {
        var gate = new SequentialGate(plan.Options, reference.For(plan));
        var shadow = plan.Shadow is { } other ? new SequentialGate(other.Options, reference.For(plan)) : null;
        return new(
            plan, reference, Begin(gate, plan), -1, default, default, [.. reference.Endpoints.Select(_ => default(PairedCounts))], 0, 0, 0,
            shadow is null ? null : Begin(shadow, plan)) { Gate = gate, ShadowGate = shadow };
    }

    /// <summary>Nats of evidence so far, and nats that are the verdict.</summary>
    public (double Nats, double Needed) Accusation => (State.Against.LogValue, Gate.Accused);

    /// <summary>The share that the evidence allows or asks for now.</summary>
    public TrafficShare Wanted => new(Math.Clamp((int)Math.Round(State.Weight * 10_000), 0, 10_000));

    /// <summary>The evidence is there, and it is good: what the step waits for.</summary>
    public bool Cleared => Plan.Watching ? State.Phase == GatePhase.Released : State.Phase is GatePhase.Watch or GatePhase.Released;

    public Comparison Add(ComparisonWindow window)
    {
        var reading = window.Reading(Reference);
        var next = this with
        {
            State = Gate.Next(State, reading),
            Shadow = Shadow is null ? null : ShadowGate!.Next(Shadow, reading),
            Windows = Windows + 1,
            Unread = Unread + (reading.Missing ? 1 : 0),
            UnreadInRow = reading.Missing ? UnreadInRow + 1 : 0,
        };
        if (reading.Missing) return next;

        // Counts at different shares are never added up: a healthy release would look guilty (Simpson's paradox).
        var fresh = window.Share != Share;
        var slow = new PairedCounts(window.Requests.Candidate, window.Requests.Baseline, reading.Slow99.CandidateBeyondEdge, reading.Slow99.BaselineBeyondEdge);
        return next with
        {
            Share = window.Share,
            Seen = fresh ? window.Requests : Seen + window.Requests,
            Slow = fresh ? slow : Slow + slow,
            Endpoints = [.. Endpoints.Select((e, i) => fresh ? window.Endpoint(i) : e + window.Endpoint(i))],
        };
    }

    /// <summary>It was held, and is gone on with: what speaks against the candidate stays.</summary>
    public Comparison Reopen() => this with { State = Gate.Reopen(State), Shadow = Shadow is null ? null : ShadowGate!.Reopen(Shadow) };

    private static SequentialState Begin(SequentialGate gate, ComparisonPlan plan) => plan.Watching ? gate.BeginWatch() : gate.Begin();
}
