using Tidegate.GateBenchmark.Drawing;
using Tidegate.GateBenchmark.Scenarios;
using Tidegate.GateBenchmark.Worlds;

namespace Tidegate.GateBenchmark.Policies;

/// <summary>Kayenta's judge: candidate and a fresh baseline of 10 % each, points of a minute, Mann-Whitney on all points so far.</summary>
/// <remarks>A metric is High when the 98 % interval of the shift lies above a quarter of the shift and the means' ratio is at least 1; below a
/// score of 75 it fails, so one High of three metrics is enough; half of the metrics without data score 0
/// (spinnaker/kayenta NetflixACAJudge.scala, MannWhitneyClassifier.scala, docs/canary-config.md).</remarks>
internal sealed class KayentaPolicy(string name, double judgeEvery, double lifetime) : Policy(name)
{
    private const double Share = 0.1;

    public override Run Play(Scenario scenario, Generator random)
    {
        var (weather, candidate, harm) = (new Weather(scenario, random, 0), new Candidate(scenario), 0.0);
        var (ours, theirs) = (new MinutePoints(), new MinutePoints());
        while (weather.At < lifetime)
        {
            var (ourMinute, theirMinute, perSecond) = (default(Minute), default(Minute), 0.0);
            for (var window = 0; window < 12; window++)
            {
                perSecond = candidate.HarmPerSecond(weather) * Share;
                harm += perSecond * Weather.Window;
                if (!weather.Missing)
                {
                    var expected = weather.Rate * Weather.Window * Share;
                    if (!candidate.Silent) ourMinute = ourMinute.Add(scenario, random, expected, OurRate(candidate, weather), candidate.Slowness(weather));
                    theirMinute = theirMinute.Add(scenario, random, expected, weather.FailureRate, weather.Slowness);
                }

                weather.Advance();
            }

            ours.Add(ourMinute, candidate.Stretch, random);
            theirs.Add(theirMinute, 1, random);
            if (weather.At % judgeEvery == 0 && Fails(ours, theirs)) return new(weather.At + Lag, double.NaN, harm + (perSecond * (Lag + RollbackTakes)), false);
        }

        for (; weather.At < Horizon && !candidate.IsHarmless; weather.Advance()) harm += candidate.HarmPerSecond(weather) * Weather.Window;
        return new(double.NaN, lifetime, harm, false);
    }

    private static double OurRate(Candidate candidate, Weather weather) =>
        1 - ((1 - candidate.FailureRate(weather)) * (1 - (EndpointShares.First * candidate.EndpointFault(weather))));

    private static bool Fails(MinutePoints ours, MinutePoints theirs) =>
        ours.Failures.Count == 0
        || IsHigh(ours.Failures, theirs.Failures) || IsHigh(ours.Medians, theirs.Medians) || IsHigh(ours.P99s, theirs.P99s);

    private static bool IsHigh(List<double> ours, List<double> theirs)
    {
        if (ours.Count == 0 || theirs.Count == 0 || ours.Average() < theirs.Average()) return false;

        var shift = MannWhitney.Shift(ours, theirs);
        return shift.Low > 0.25 * Math.Abs(shift.Estimate);
    }

    /// <summary>One arm's minute: counts, and the mean slowness of its requests.</summary>
    private readonly record struct Minute(long Requests, long Failed, double Slowness)
    {
        public Minute Add(Scenario scenario, Generator random, double expected, double rate, double slowness)
        {
            var requests = random.Poisson(expected);
            var failed = random.Clustered(requests, rate, scenario.Cluster);
            var sum = Requests + requests;
            return new(sum, Failed + failed, sum == 0 ? slowness : ((Slowness * Requests) + (slowness * requests)) / sum);
        }
    }

    /// <summary>The points so far; a minute without requests gives none.</summary>
    private sealed class MinutePoints
    {
        public List<double> Failures { get; } = [];

        public List<double> Medians { get; } = [];

        public List<double> P99s { get; } = [];

        public void Add(Minute minute, double stretch, Generator random)
        {
            if (minute.Requests == 0) return;

            // The n requests' order statistics are Beta variables: no request needs to be drawn.
            var n = minute.Requests;
            var (high, middle) = (Math.Min(n, (long)Math.Ceiling(0.99 * n)), (n + 1) / 2);
            var top = random.Beta(high, n - high + 1);
            var centre = middle < high ? top * random.Beta(middle, high - middle) : top;
            Failures.Add(minute.Failed / (double)n);
            P99s.Add(Latency.Quantile(top, minute.Slowness, stretch));
            Medians.Add(Latency.Quantile(centre, minute.Slowness, stretch));
        }
    }
}
