namespace Tidegate;

/// <summary>Why a gate says what it says of one signal: plain words first, numbers after.</summary>
/// <param name="Signal">The signal's name, with the endpoint or region where it is one of several groups.</param>
/// <param name="Says">This signal's own verdict.</param>
/// <param name="Words">For a person: what was seen, against what.</param>
/// <param name="Candidate">Events and exposures of the version being released, when it is a count.</param>
/// <param name="Baseline">The same of the version running now, over the same minutes.</param>
/// <param name="Limit">The declared limit.</param>
/// <param name="Strength">Nats of evidence against the limit; 0 when there is none.</param>
/// <param name="Needed">Nats that make a verdict at this look.</param>
public sealed record Evidence(
    string Signal,
    Verdict Says,
    string Words,
    EventCount? Candidate = null,
    EventCount? Baseline = null,
    double? Limit = null,
    double Strength = 0,
    double Needed = 0);

/// <summary>So many events in so many exposures, for example failed requests in requests.</summary>
public readonly record struct EventCount(long Events, long Exposures)
{
    public double Rate => Exposures == 0 ? 0 : Events / (double)Exposures;

    public EventCount Plus(EventCount other) => new(Events + other.Events, Exposures + other.Exposures);

    public override string ToString() => FormattableString.Invariant($"{Events} of {Exposures} ({Rate:P2})");
}

/// <summary>A gate's verdict over a window, with everything that led to it.</summary>
/// <param name="Missing">What is still missing, in words; empty when nothing is.</param>
public sealed record Judgement(Verdict Verdict, IReadOnlyList<Evidence> Evidence, IReadOnlyList<string> Missing)
{
    /// <summary>The piece of evidence that says what the comparison with the running version came to.</summary>
    public const string Comparison = "comparison";

    /// <summary>The reason in one line.</summary>
    public string Because => Verdict switch
    {
        Verdict.Healthy => (Evidence.FirstOrDefault(e => e.Signal == Comparison) is { } compared ? compared.Words + "; " : "") + "every signal is healthy, every request floor is met",
        Verdict.Insufficient => Missing.Count > 0 ? string.Join("; ", Missing) : Worst("not enough evidence"),
        _ => Worst(Verdict.ToString()),
    };

    private string Worst(string otherwise) =>
        Evidence.Where(e => e.Says == Verdict).OrderByDescending(e => e.Strength).Select(e => $"{e.Signal}: {e.Words}").FirstOrDefault() ?? otherwise;
}
