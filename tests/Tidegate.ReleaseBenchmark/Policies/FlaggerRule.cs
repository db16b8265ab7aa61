namespace Tidegate.ReleaseBenchmark.Policies;

/// <summary>Flagger's documented example: 10 to 50 % by ten, a check each minute, five failed ones end it.</summary>
/// <remarks>A failed check holds the weight; an empty answer is a failed check
/// (flagger docs/gitbook/usage/how-it-works.md, pkg/controller/scheduler.go).</remarks>
internal sealed class FlaggerRule(double atLeast) : RivalRule
{
    private CandidateCounts _minute;
    private int _failed;

    public static FlaggerRule AsDocumented() => new(0.99) { Share = 0.1 };

    public override void Observe(double at, CandidateCounts counts)
    {
        _minute += counts;
        if (at % 60 != 0) return;

        var passed = _minute.Requests > 0 && 1 - _minute.FailureRate >= atLeast && !_minute.P99AboveLimit;
        _minute = default;
        if (!passed) RolledBack = ++_failed >= 5;
        else if (Share >= 0.5 - 1e-9) (Share, Done) = (1, true);
        else Share += 0.1;
    }
}
