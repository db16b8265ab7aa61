namespace Tidegate;

/// <summary>Each instance plays the candidate once, the others the running version: nothing is released, so no accusation is right.</summary>
/// <param name="Strongest">Nats of the strongest evidence against any of them.</param>
/// <param name="Against">The instance it speaks against; empty when nothing failed.</param>
public readonly record struct Rehearsal(double Strongest, string Against)
{
    /// <summary>Nats of evidence by failures alone that roll a release back.</summary>
    public static double Accused(SequentialOptions options) => Math.Log(1 / (options.Alpha * options.Budget.Errors));

    public static Rehearsal Of(IReadOnlyList<SplitWindow> windows, double tolerance, double dispersion, SequentialOptions options)
    {
        var (question, tempering, hazard) = (RateRatio.FailuresBeyond(tolerance), Tempering.For(dispersion), ChangePoint.Hazard(options.Window));
        var strongest = new Rehearsal(0, string.Empty);
        foreach (var instance in windows.SelectMany(w => w.Instances.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var stream = EvidenceStream.Begin;
            foreach (var window in windows)
            {
                stream = stream.Add(question, Split(window, instance), tempering, hazard);
                if (stream.Evidence.LogValue > strongest.Strongest) strongest = new(stream.Evidence.LogValue, instance);
            }
        }

        return strongest;
    }

    private static PairedCounts Split(SplitWindow window, string candidate)
    {
        var ours = window.Instances.GetValueOrDefault(candidate);
        return new(ours.Requests, window.Instances.Values.Sum(i => i.Requests) - ours.Requests, ours.Failures, window.Instances.Values.Sum(i => i.Failures) - ours.Failures);
    }
}
