using static System.FormattableString;

namespace Tidegate.Pipeline.Reports;

/// <summary>A calibration in words: what it means first, the numbers after.</summary>
internal static class CalibrationWords
{
    public static string Of(ServiceCalibration measured, string what, SequentialOptions options) => string.Join(Environment.NewLine,
    [
        Alike(measured, what) + Bursts(measured),
        Invariant($"Proposed for the profile's comparison: \"tolerance\": {measured.Tolerance:0.00}, \"dispersion\": {measured.Dispersion:0.0}, \"slowDispersion\": {measured.SlowDispersion:0.0}"),
        Invariant($"Measured: {Words.Seconds(measured.Measured)} of {measured.Instances} instances, {measured.Total.Requests:N0} requests, of which {measured.Total.Failures:N0} failed and {measured.Total.Slow:N0} were slow."),
        Sure(measured),
        Rehearsed(measured, options),
        "Nothing was changed.",
    ]);

    private static string Alike(ServiceCalibration measured, string what) => measured.Total.Failures == 0
        ? $"No request of {what} failed, so nothing can be said of how alike its instances are."
        : measured.Tolerance <= ToleranceEstimate.Least
            ? $"The instances of {what} fail alike: no more than chance sets them apart."
            : Invariant($"The instances of {what} differ: their failure rates by {measured.Spread.Estimate:P0} of their mean beyond what chance explains.");

    private static string Bursts(ServiceCalibration measured) => measured.Dispersion <= 1.1
        ? string.Empty
        : Invariant($" Failures come in bursts: they vary {measured.Dispersion:0.0} times as much as single ones would, and each counts for that much less.");

    private static string Sure(ServiceCalibration measured)
    {
        if (measured.IsSure) return Invariant($"How sure: differences that would need a tolerance above {measured.SafeTolerance:0.00} are excluded (95 %).");

        var still = Invariant($"about {measured.FailuresNeeded:N0} failures of {measured.Instances} instances show differences as small as {ToleranceEstimate.Least:0.0} bears");
        var time = measured.Total.Failures == 0 || measured.Total.Failures >= measured.FailuresNeeded
            ? "measure longer, or with more instances"
            : $"at this rate that takes {Words.Seconds(measured.Measured * (measured.FailuresNeeded / (double)measured.Total.Failures))}";
        return double.IsFinite(measured.Spread.AtMost)
            ? Invariant($"How sure: not very. Differences that would need a tolerance up to {measured.SafeTolerance:0.00} could have gone unseen (95 %); {still}, {time}.")
            : $"How sure: not at all; {still}, {time}.";
    }

    private static string Rehearsed(ServiceCalibration measured, SequentialOptions options) => measured.Rehearsal.Against.Length == 0
        ? "Rehearsed: each instance as the candidate beside the others; there was no evidence against any."
        : Invariant($"Rehearsed: each instance as the candidate beside the others; the strongest evidence, against {measured.Rehearsal.Against}, was {measured.Rehearsal.Strongest:0.0} of the {Rehearsal.Accused(options):0.0} nats that roll back.");
}
