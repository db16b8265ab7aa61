namespace Tidegate.ReleaseBenchmark.Policies;

/// <summary>Argo Rollouts' documented example: 20, 40, 60, 80 % for ten minutes each, analysis beside it.</summary>
/// <remarks>It fails when more than three measurements failed in all, or when five in a row were empty
/// (argo-rollouts docs/features/analysis.md).</remarks>
internal sealed class ArgoRule(double first, double interval, int windows, double atLeast) : RivalRule
{
    private const double Step = 600;
    private readonly Queue<CandidateCounts> _recent = new();
    private int _failed, _empty;

    public static ArgoRule AsDocumented() => new(600, 300, 6, 0.95) { Share = 0.2 };

    public override void Observe(double at, CandidateCounts counts)
    {
        _recent.Enqueue(counts);
        if (_recent.Count > windows) _recent.Dequeue();
        if (at >= first && (at - first) % interval == 0) Measure();
        if (RolledBack || at % Step != 0) return;

        Share = Math.Min(1, Share + 0.2);
        if (at >= 4 * Step) (Share, Done) = (1, true);
    }

    private void Measure()
    {
        var sum = _recent.Aggregate(default(CandidateCounts), (a, b) => a + b);
        _empty = sum.Requests == 0 ? _empty + 1 : 0;
        if (sum.Requests > 0 && 1 - sum.FailureRate < atLeast) _failed++;
        RolledBack = _failed > 3 || _empty >= 5;
    }
}
