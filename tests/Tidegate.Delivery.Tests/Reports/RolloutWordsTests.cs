using Tidegate.Engine;
using Tidegate.Pipeline.Reports;
using Tidegate.Testing;

namespace Tidegate.Delivery.Tests.Reports;

/// <summary>The states and events of a rollout, in words for people.</summary>
public sealed class RolloutWordsTests
{
    private static readonly ReleasePlan Plan = new(
        "r", Stage.Canary, "production", Rehearsal.New, "c",
        [new("eu-north beside the running version", 0, [], Some.Bakes(8).Step(0))],
        [], false, Some.Gate(), Reaction.RollBack, 2, TimeSpan.FromSeconds(30));

    private static readonly RegionTarget[] Before = [Target("eu-north", 6, 3, 5), Target("eu-west", 6, 1, 5)];

    [Fact]
    public void Other_targets_are_told_by_what_is_otherwise_and_why()
    {
        Told(new ReleaseEvent.TargetsChosen(0, [Target("eu-north", 6, 3, 10), Before[1]], "0.5% is ruled out"))
            .ShouldBe("eu-north: 10 % of the requests: 0.5% is ruled out");
        Told(new ReleaseEvent.TargetsChosen(0, [Before[0], Target("eu-west", 4, 2, 5)], "new instances begin"))
            .ShouldBe("eu-west: 2 new instances (before: 1), 4 old instances (before: 6), 5 % of the requests: "
                + "new instances begin");
    }

    [Fact]
    public void Who_holds_says_where_users_are_meanwhile()
    {
        var judgement = new Judgement(Verdict.Insufficient, [], ["a suspicion is neither settled nor gone"]);

        Told(new ReleaseEvent.RolloutHeld(0, judgement, null)).ShouldContain("users stay where they are");
        Told(new ReleaseEvent.RolloutHeld(0, judgement, [])).ShouldContain("users are taken back");
        Told(new ReleaseEvent.Withdrawn(0)).ShouldStartWith("users are back on the share before the step");
        Told(new ReleaseEvent.WithdrawFailed(0, "no answer")).ShouldBe(
            "users could not be taken off the new version: no answer");
    }

    [Fact]
    public void A_state_tells_how_far_a_release_has_come()
    {
        State(new ReleaseState.RollingOut(0, [])).ShouldBe("beginning eu-north beside the running version");
        State(new ReleaseState.RollingOut(0, Before))
            .ShouldBe("eu-north beside the running version: eu-north 5 %, eu-west 5 %");
        State(new ReleaseState.Withdrawing(0, Before, "why", HeldFor.Decision, 1))
            .ShouldBe("users are being taken off the new version, then somebody must decide: why");
    }

    [Fact]
    public void Status_shows_who_drains_and_which_share_was_taken_back()
    {
        var draining = new VersionObservation(
            Rehearsal.Old.Digest, TrafficShare.None, [new("i1", InstanceState.Draining, null, 0, null)]);
        var serving = new VersionObservation(
            Rehearsal.New.Digest, TrafficShare.All, [new("i2", InstanceState.Ready, null, 0, null)]);
        var region = new RegionObservation("eu-north", 1, Convergence.Converged, null, null, [serving], [])
        {
            Leaving = [draining],
            Withdrawn = true,
        };
        var seen = new ObserveResult.Observed(new("production", [region]));

        var text = TestConsole.Draw(StatusTable.Of([(Some.Production, seen, ReleaseHistory.Fold([]))]));

        text.ShouldContain("1 draining");
        text.ShouldContain("nobody watched: the new version's share was taken back");
    }

    private static string Told(ReleaseEvent what) => ReleaseWords.Of(Plan, what, Before).Text;

    private static string State(ReleaseState state) => ReleaseWords.State(Release.Begin(Plan) with { State = state });

    private static RegionTarget Target(string region, int old, int candidate, int percent) => new(region,
    [
        new(Rehearsal.Old.Digest, old, TrafficShare.Percent(100 - percent)),
        new(Rehearsal.New.Digest, candidate, TrafficShare.Percent(percent)),
    ]);
}
