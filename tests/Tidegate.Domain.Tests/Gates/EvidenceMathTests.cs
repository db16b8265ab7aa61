namespace Tidegate.Domain.Tests.Gates;

public sealed class EvidenceMathTests
{
    [Theory]
    [InlineData(0, 100, 0.01)]
    [InlineData(1, 100, 0.01)]
    [InlineData(0, 0, 0.01)]
    public void Counts_within_the_limit_are_no_evidence(long events, long exposures, double limit) =>
        EvidenceMath.AboveLimit(new(events, exposures), limit).ShouldBe(0);

    [Fact]
    public void A_limit_of_zero_is_broken_by_a_single_event() =>
        EvidenceMath.AboveLimit(new(1, 1_000_000), 0).ShouldBe(double.PositiveInfinity);

    [Fact]
    public void Nats_are_the_exponent_of_Chernoffs_bound()
    {
        // By hand: 30·(0.5·ln(0.5/0.1) + 0.5·ln(0.5/0.9)) = 30·(0.804719 − 0.293893)
        EvidenceMath.AboveLimit(new(15, 30), 0.1).ShouldBe(15.3248, 0.001);
    }

    [Fact]
    public void A_billion_requests_overflow_nothing() =>
        EvidenceMath.AboveLimit(new(20_000_000, 1_000_000_000), 0.01).ShouldBeInRange(1e6, 1e7);

    [Fact]
    public void What_hits_both_arms_alike_cancels()
    {
        EvidenceMath.WorseThan(new(50, 100), new(500, 1000), 1.5).ShouldBe(0);
        EvidenceMath.WorseThan(new(50, 100), new(0, 1000), 1.5).ShouldBeGreaterThan(90);
    }

    [Fact]
    public void A_healthy_version_that_is_looked_at_every_second_is_blamed_less_often_than_alpha()
    {
        var random = new Random(20261124);
        const int runs = 2_000;

        var blamed = Enumerable.Range(0, runs).Count(_ =>
        {
            var (events, exposures) = (0L, 0L);
            for (var look = 1; look <= 300; look++)
            {
                exposures += 10;
                events += Enumerable.Range(0, 10).Count(_ => random.NextDouble() < 0.01);
                if (EvidenceMath.AboveLimit(new(events, exposures), 0.01) >= EvidenceMath.Needed(0.01, look, 1)) return true;
            }

            return false;
        });

        blamed.ShouldBeLessThanOrEqualTo((int)(0.01 * runs));
    }
}
