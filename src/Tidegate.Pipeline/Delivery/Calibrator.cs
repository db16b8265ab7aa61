using Tidegate.Engine;
using Tidegate.Pipeline.Declared;
using Tidegate.Pipeline.Reports;

namespace Tidegate.Pipeline;

/// <summary>Measures what runs in an environment and proposes the gate's settings for it. Changes nothing.</summary>
internal sealed class Calibrator(IPlatform platform, ITrafficSource traffic, TimeProvider time)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(10), Longest = TimeSpan.FromDays(1);

    /// <param name="duration">How long, as in the configuration: <c>10m</c>.</param>
    /// <param name="say">Told, about each minute, how far it is.</param>
    public async Task<StageEnd> CalibrateAsync(string environment, string service, string duration, Action<string> say, CancellationToken cancellationToken)
    {
        if (!Durations.TryParse(duration, out var length) || length < Shortest || length > Longest)
        {
            return new(Outcome.InputInvalid, $"--measure-for {Foreign.Line(duration, 40)}: write a duration from {Durations.Write(Shortest)} to {Durations.Write(Longest)}, for example 10m");
        }

        var seen = await platform.ObserveAsync(environment, cancellationToken);
        if (seen is not ObserveResult.Observed { Environment: var now }) return new(Outcome.PlatformUnknown, ((ObserveResult.Unreachable)seen).Because);
        if (now.Regions.SelectMany(r => r.Versions).MaxBy(v => v.Share) is not { } serving) return new(Outcome.PolicyRefused, $"nothing runs in {environment}");

        var what = $"{service} {serving.Digest.Brief} in {environment}";
        say($"measuring the instances of {what} for {Words.Seconds(length)}");
        var told = TimeSpan.Zero;
        var options = SequentialOptions.Default;
        var readings = await new InstanceMeasurement(traffic, time).MeasureAsync(environment, serving.Digest, length, options.Window, passed =>
        {
            if (passed - told < TimeSpan.FromMinutes(1)) return;
            told = passed;
            say($"{Words.Seconds(passed)} of {Words.Seconds(length)}");
        }, cancellationToken);
        return Concluded(InstanceReadings.Windows(readings), what, options);
    }

    private static StageEnd Concluded(IReadOnlyList<SplitWindow> windows, string what, SequentialOptions options)
    {
        if (windows.Count == 0) return new(Outcome.PlatformUnknown, $"the edges of {what} could not be read twice in a row; Status says what answers");

        var measured = ServiceCalibration.From(windows, options);
        return measured.Instances < 2
            ? new(Outcome.PolicyRefused, measured.Total.Requests == 0
                ? $"no instance of {what} took a request in {Words.Seconds(measured.Measured)}, or its edges do not count by instance: there is nothing to compare"
                : $"one instance of {what} took requests: it needs two, and better five, to compare. Run more instances, then measure again")
            : new(Outcome.Released, CalibrationWords.Of(measured, what, options));
    }
}
