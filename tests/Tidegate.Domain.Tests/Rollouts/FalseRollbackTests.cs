namespace Tidegate.Rollouts;

/// <summary>The whole release under the null: every stream exactly at what is borne, looked at in every window, under
/// one budget of 1 %.</summary>
/// <remarks>Fixed seeds; what is asserted is the budget, and the true rate is a small part of it.</remarks>
public sealed class FalseRollbackTests
{
    private const int Releases = 400;

    [Fact]
    public void At_most_one_harmless_release_in_a_hundred_is_rolled_back_although_all_streams_are_at_the_edge()
    {
        var played = Played(Releases, worse: 1);

        played.Count(p => p.Says == RolloutSays.Unhealthy).ShouldBeLessThanOrEqualTo(Releases / 100);
        played.Count(p => p.Highest >= 10)
            .ShouldBeInRange(1, Releases / 10, "Ville's bound for a tenth, and not none: the evidence does move");
    }

    [Fact]
    public void The_same_release_with_five_times_as_many_failures_is_rolled_back_for_them()
    {
        var played = Played(40, worse: 5);

        played.Count(p => p.Says == RolloutSays.Unhealthy).ShouldBeGreaterThan(36);
        played.Count(p => p.Accused is EvidenceKind.Errors or EvidenceKind.Hard or EvidenceKind.Endpoints)
            .ShouldBeGreaterThan(36);
    }

    private static (RolloutSays Says, double Highest, EvidenceKind Accused)[] Played(int releases, double worse)
    {
        var played = new (RolloutSays, double, EvidenceKind)[releases];
        Parallel.For(0, releases, seed => played[seed] = new HarmlessRelease(seed, worse).Play());
        return played;
    }
}
