using Tidegate.Engine;

namespace Tidegate.Signals;

/// <summary>Walks a user's steps against the candidate: in each region against one of its ready instances, another one each time.</summary>
public sealed class JourneySource : ISignalSource
{
    private int _looks;

    public bool Reads(SignalRule rule) => rule is SignalRule.Journey;

    public async Task<SignalReading> ReadAsync(HealthSignal signal, SignalTarget target, CancellationToken cancellationToken)
    {
        var steps = ((SignalRule.Journey)signal.Rule).Steps;
        var look = Interlocked.Increment(ref _looks);
        var walked = target.Versions
            .Where(v => v.Version.Digest == target.Candidate)
            .Select(v => (v.Region.Region, Instance: ReadyInstance.Of(v.Version, look)))
            .Where(v => v.Instance is not null)
            .ToList();
        if (walked.Count == 0) return new SignalReading.NoData("no instance of the candidate is ready");

        var failures = await Places.FailuresAsync(walked, (w, token) => WalkAsync(w.Region, w.Instance!, steps, token), cancellationToken);
        return failures.OfType<string>().FirstOrDefault() is { } failure ? new SignalReading.Failed(failure) : new SignalReading.Passed();
    }

    private static async Task<string?> WalkAsync(string region, ReadyInstance instance, IReadOnlyList<JourneyStep> steps, CancellationToken cancellationToken)
    {
        foreach (var (step, i) in steps.Select((step, i) => (step, i)))
        {
            var run = await JourneyStepRun.SendAsync(instance.Address, step, step.Path, cancellationToken);
            if (run.Wrong is { } wrong) return $"{region}, {instance.Id}, step {i + 1} of {steps.Count}: {wrong}";
        }

        return null;
    }
}
