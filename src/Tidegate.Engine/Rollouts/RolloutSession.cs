namespace Tidegate.Engine;

/// <summary>A rollout in the hands of the run that carries it on: every window is written down before anything is concluded from it.</summary>
internal sealed class RolloutSession
{
    private readonly ReleaseJournal _journal;
    private bool _anew;

    private RolloutSession(ReleasePlan plan, ReleaseJournal journal, Rollout? rollout, Rollout? carried)
    {
        (Plan, _journal, Rollout, Carried) = (plan, journal, rollout, carried);
        Windows = new(plan, plan.Rollout!);
        Gate = RolloutJudgement.Others(plan);
        Others = GateWindow.Open(plan.Candidate.Digest);
    }

    public ReleasePlan Plan { get; }

    public Rollout? Rollout { get; private set; }

    /// <summary>Other settings that see the same and decide nothing; null: none.</summary>
    public Rollout? Shadow { get; private set; }

    public RolloutWindows Windows { get; }

    /// <summary>Of the canary, before this stage has begun to go on with it.</summary>
    private Rollout? Carried { get; set; }

    /// <summary>The step that is being watched.</summary>
    public int Step { get; private set; } = -1;

    /// <summary>When it was begun by this run.</summary>
    public long Began { get; private set; }

    /// <summary>The signals that are not compared.</summary>
    public GateDefinition Gate { get; }

    /// <summary>Their readings, folded since the step began.</summary>
    public GateWindow Others { get; set; }

    public RolloutLook? Last { get; set; }

    public long LastAt { get; set; }

    /// <summary>Looks so far; journeys are walked at every third.</summary>
    public int Looks { get; set; }

    /// <summary>What was last desired of each region, and since when.</summary>
    public Dictionary<string, (RegionTarget Target, long At)> Applied { get; } = new(StringComparer.Ordinal);

    /// <summary>Regions with fewer ready instances of the candidate than are desired, and since when: one that is started again is not missing for long.</summary>
    public Dictionary<string, long> MissingSince { get; } = new(StringComparer.Ordinal);

    /// <summary>Regions whose share had gone back before this run: the first window tells.</summary>
    public HashSet<string> TakenBack { get; } = new(StringComparer.Ordinal);

    public static async Task<RolloutSession> OpenAsync(ReleasePlan plan, ReleaseJournal journal, CancellationToken cancellationToken)
    {
        var (windows, records) = await journal.WindowsAsync(cancellationToken);
        var carried = plan.Rollout!.Continues is { } earlier ? await journal.CarriedAsync(earlier, cancellationToken) : null;
        return new(plan, windows, RolloutRecord.Fold(records, plan.Rollout!, carried), carried);
    }

    public async Task EnterAsync(int step, long now)
    {
        if (Step == step) return;
        (Step, Began, Others) = (step, now, GateWindow.Open(Plan.Candidate.Digest));
        if (Rollout is null) return;
        await RecordEntryAsync();
    }

    /// <summary>The hour before was measured: the rollout begins, or goes on from the canary.</summary>
    public async Task BeginAsync(RolloutReference reference)
    {
        await _journal.AppendAsync(new LedgerFact.RolloutBegan(reference, Carried is not null));
        if (Carried is { } carried)
        {
            carried.GoOn(Plan.Rollout!, reference);
            Rollout = carried;
            Carried = null;
        }
        else
        {
            Rollout = Tidegate.Rollout.Begin(Plan.Rollout!, reference);
        }

        if (Plan.Rollout!.Shadow is { } shadow) Shadow = Tidegate.Rollout.Begin(Plan.Rollout with { Options = shadow.Options, Shadow = null }, reference);
        await RecordEntryAsync();
    }

    public async Task ReopenAsync()
    {
        await _journal.AppendAsync(new LedgerFact.RolloutReopened());
        Rollout!.Reopen();
    }

    /// <summary>After a verdict somebody wants another attempt: evidence of its own, and few users.</summary>
    public void BeginAnew() => (Rollout, Carried, _anew) = (null, null, true);

    public async Task SawAsync(RolloutWindow window)
    {
        await _journal.AppendAsync(new LedgerFact.RolloutSaw(window));
        Rollout!.See(window);
        Shadow?.See(window);
    }

    private async Task RecordEntryAsync()
    {
        // Begun anew at a later step, it has the regions of the earlier ones on its hands too.
        for (var step = _anew ? 0 : Step; step <= Step; step++)
        {
            await _journal.AppendAsync(new LedgerFact.RolloutEntered(step));
            Rollout!.Enter(step);
            Shadow?.Enter(step);
        }

        _anew = false;
    }
}
