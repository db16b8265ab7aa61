namespace Tidegate.ReleaseBenchmark.Policies;

/// <summary>A fixed bake: 10 % for an hour, then everything, an alarm on three bad minutes in a row that stays armed
/// for another hour.</summary>
/// <remarks>A minute without data is passed over, as CloudWatch's default does (treatMissingData: missing).</remarks>
internal sealed class BakeRule(double atMost) : RivalRule
{
    private const double Bake = 3600;
    private CandidateCounts _minute;
    private int _bad;

    public static BakeRule AsUsual() => new(0.01) { Share = 0.1 };

    public override void Observe(double at, CandidateCounts counts)
    {
        _minute += counts;
        if (at % 60 != 0) return;

        if (_minute.Requests > 0) _bad = _minute.FailureRate >= atMost || _minute.P99AboveLimit ? _bad + 1 : 0;
        _minute = default;
        RolledBack = _bad >= 3;
        if (at >= Bake) Share = 1;
        if (at >= 2 * Bake) Done = true;
    }
}
