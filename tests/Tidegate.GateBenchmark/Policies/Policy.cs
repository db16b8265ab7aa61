using Tidegate.GateBenchmark.Scenarios;

namespace Tidegate.GateBenchmark.Policies;

/// <summary>A way to decide on a release.</summary>
internal abstract class Policy(string name)
{
    /// <summary>Every world ends here: a fault that nobody noticed has done its harm.</summary>
    public const double Horizon = 10800;

    /// <summary>Telemetry arrives this many seconds late, and a rollback has its effect so many after the verdict.</summary>
    protected const double Lag = 5, RollbackTakes = 10;

    public string Name { get; } = name;

    public abstract Run Play(Scenario scenario, Generator random);
}

/// <summary>How one release went.</summary>
/// <param name="Verdict">Seconds to the rollback verdict; NaN when there was none.</param>
/// <param name="Released">Seconds until the candidate had all requests; NaN when it never had.</param>
/// <param name="Harm">Expected failed or too slow requests that are the release's fault.</param>
/// <param name="ByEvidence">It was promoted because it was shown not to be harmful.</param>
/// <param name="Because">What a rollback gave as its reason; a rival gives none.</param>
internal readonly record struct Run(double Verdict, double Released, double Harm, bool ByEvidence, string Because = "")
{
    /// <summary>A person was asked, and users were taken back to the share before the step.</summary>
    public bool Held { get; init; }

    public bool RolledBack => !double.IsNaN(Verdict);
}
