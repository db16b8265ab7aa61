namespace Tidegate.Gates.Calibration;

public sealed class ServiceCalibrationTests
{
    private static readonly SequentialOptions Options = SequentialOptions.Default;

    [Fact]
    public void Instances_that_are_alike_need_no_more_than_the_least_tolerance_and_enough_failures_make_that_sure()
    {
        var measured = ServiceCalibration.From(Service(rates: Enumerable.Repeat(0.02, 8)), Options);

        measured.Tolerance.ShouldBeInRange(1.1, 1.15);
        measured.Dispersion.ShouldBeInRange(1, 1.2);
        measured.Total.Failures.ShouldBeGreaterThan(measured.FailuresNeeded);
        measured.IsSure.ShouldBeTrue();
        measured.Rehearsal.Strongest.ShouldBeLessThan(Rehearsal.Accused(Options));
        measured.Measured.ShouldBe(TimeSpan.FromSeconds(1_500));
    }

    [Fact]
    public void Instances_that_differ_all_the_time_widen_the_tolerance_and_are_no_bursts()
    {
        var measured = ServiceCalibration.From(Service(rates: Enumerable.Range(0, 8).Select(i => 0.02 * (i % 2 == 0 ? 1.3 : 0.7))), Options);

        measured.Spread.Estimate.ShouldBeInRange(0.25, 0.38);
        measured.Tolerance.ShouldBeGreaterThan(1.8);
        measured.Dispersion.ShouldBeLessThan(1.2);
    }

    [Fact]
    public void Failures_in_bursts_are_dispersion_and_not_a_difference_of_the_instances()
    {
        var measured = ServiceCalibration.From(Service(rates: Enumerable.Repeat(0.02, 8), burst: 5), Options);

        measured.Dispersion.ShouldBeInRange(4, 6);
        measured.Tolerance.ShouldBeLessThan(1.3);
        measured.SlowDispersion.ShouldBeLessThan(1.2);
    }

    [Fact]
    public void An_instance_that_takes_more_requests_than_the_others_is_neither()
    {
        var measured = ServiceCalibration.From(Service(rates: Enumerable.Repeat(0.02, 8), requests: i => i == 0 ? 400 : 100), Options);

        measured.Dispersion.ShouldBeLessThan(1.2);
        measured.Tolerance.ShouldBeLessThan(1.2);
    }

    [Fact]
    public void One_instance_that_fails_far_more_than_its_like_is_borne_after_calibration_so_that_no_release_is_blamed_for_it()
    {
        // One of sixty hardly widens the spread; it is the rehearsal that finds it.
        var service = Service(rates: [0.08, .. Enumerable.Repeat(0.02, 59)], windows: 60, requests: _ => 200);
        var measured = ServiceCalibration.From(service, Options);

        Rehearsal.Of(service, ToleranceEstimate.Of(measured.Spread.Estimate), measured.Dispersion, Options).Strongest.ShouldBeGreaterThan(Rehearsal.Accused(Options));
        measured.Tolerance.ShouldBeInRange(ToleranceEstimate.Of(measured.Spread.Estimate), 4.5);
        measured.Rehearsal.Strongest.ShouldBeLessThan(Rehearsal.Accused(Options));
        measured.Rehearsal.Against.ShouldBe("eu/0");
    }

    [Fact]
    public void Few_failures_propose_what_was_seen_and_say_how_much_may_have_gone_unseen()
    {
        var measured = ServiceCalibration.From(Service(rates: Enumerable.Repeat(0.0005, 4), windows: 60), Options);

        measured.IsSure.ShouldBeFalse();
        measured.SafeTolerance.ShouldBeGreaterThan(1.5 * measured.Tolerance);
        measured.FailuresNeeded.ShouldBeGreaterThan(1_000);
    }

    [Fact]
    public void Without_failures_or_with_one_instance_nothing_is_known()
    {
        ServiceCalibration.From(Service(rates: Enumerable.Repeat(0.0, 4)), Options).Spread.ShouldBe(InstanceSpread.Unknown);
        ServiceCalibration.From(Service(rates: [0.02]), Options).Spread.ShouldBe(InstanceSpread.Unknown);
        ServiceCalibration.From([], Options).IsSure.ShouldBeFalse();
    }

    [Fact]
    public void The_interval_of_the_spread_holds_the_truth_about_as_often_as_it_says()
    {
        const double truth = 0.25;
        const int services = 600;
        var random = new Random(7);
        var (above, below) = (0, 0);
        for (var i = 0; i < services; i++)
        {
            var instances = Enumerable.Range(0, 8).Select(_ =>
            {
                var rate = 0.02 * Math.Max(0, 1 + (truth * Normal(random)));
                return new EventCount((long)Math.Round(Math.Max(0, (20_000 * rate) + (Math.Sqrt(20_000 * rate) * Normal(random)))), 20_000);
            }).ToList();
            var spread = InstanceSpread.From(instances, dispersion: 1);
            above += spread.AtMost >= truth ? 1 : 0;
            below += spread.AtLeast <= truth ? 1 : 0;
        }

        (above / (double)services).ShouldBeInRange(0.91, 0.99);
        (below / (double)services).ShouldBeInRange(0.91, 0.99);
    }

    private static List<SplitWindow> Service(IEnumerable<double> rates, int windows = 300, int burst = 1, Func<int, int>? requests = null)
    {
        var (random, all) = (new Random(11), rates.ToList());
        return [.. Enumerable.Range(0, windows).Select(_ => new SplitWindow(all.Select((rate, i) => (Name: $"eu/{i}", Counts: Instance(rate, requests?.Invoke(i) ?? 100)))
            .ToDictionary(i => i.Name, i => i.Counts, StringComparer.Ordinal)))];

        InstanceCounts Instance(double rate, int count)
        {
            var (failed, slow) = (0, 0);
            for (var i = 0; i < count; i++)
            {
                failed += random.NextDouble() < rate / burst ? burst : 0;
                slow += random.NextDouble() < 0.01 ? 1 : 0;
            }

            return new(count, Math.Min(count, failed), slow);
        }
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
