using Tidegate.GateBenchmark.Scenarios;
using Tidegate.GateBenchmark.Worlds;

namespace Tidegate.GateBenchmark.Policies;

/// <summary>A rule that looks at the candidate's own numbers and a clock.</summary>
/// <param name="slowLimit">Milliseconds that the 99th percentile must not exceed; infinite when latency is not looked at.</param>
internal sealed class Rival(string name, double slowLimit, Func<RivalRule> begin) : Policy(name)
{
    public override Run Play(Scenario scenario, Generator random)
    {
        var (telemetry, rule) = (new Telemetry(scenario, random, slowLimit), begin());
        var (harm, released) = (0.0, double.NaN);
        while (telemetry.Weather.At < Horizon)
        {
            var perSecond = telemetry.HarmPerSecond * rule.Share;
            harm += perSecond * Weather.Window;
            var counts = rule.Done ? default : telemetry.Read(rule.Share);
            telemetry.Weather.Advance();
            if (rule.Done) continue;

            rule.Observe(telemetry.Weather.At, counts);
            if (rule.RolledBack) return new(telemetry.Weather.At + Lag, released, harm + (perSecond * (Lag + RollbackTakes)), false);
            if (double.IsNaN(released) && rule.Share >= 1) released = telemetry.Weather.At;
            if (rule.Done && new Candidate(scenario).IsHarmless) break;
        }

        return new(double.NaN, released, harm, false);
    }
}

/// <summary>The state of a rival's rule in one release.</summary>
internal abstract class RivalRule
{
    public double Share { get; protected set; }

    public bool RolledBack { get; protected set; }

    /// <summary>It no longer looks.</summary>
    public bool Done { get; protected set; }

    /// <param name="at">Seconds since the release began, at the end of the window.</param>
    public abstract void Observe(double at, CandidateCounts counts);
}
