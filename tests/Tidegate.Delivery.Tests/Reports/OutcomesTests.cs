using Tidegate.Pipeline.Reports;

namespace Tidegate.Delivery.Tests.Reports;

public sealed class OutcomesTests
{
    [Fact]
    public void A_first_release_that_was_removed_again_is_not_called_mixed_or_unknown()
    {
        var words =
            Outcomes.Describe(Outcome.RollbackIncomplete, "errors; removed from eu-west, where no earlier version ran");

        words.Happened.ShouldStartWith(
            "Removed again, as nothing ran there before: no earlier version serves in its place.");
        words.ToString().ShouldNotContain("mixed or unknown");
        words.ToString().ShouldNotContain("Rollback tries again");
    }

    [Fact]
    public void What_somebody_asked_to_take_back_is_no_failure_and_tells_no_exit_code_of_one()
    {
        var words = Outcomes.Describe(Outcome.RolledBack, "ada asked to take orders-two back: customers complain");

        words.ToString()
            .ShouldStartWith("TAKEN_BACK: Taken back; every touched place is as it was, verified. Reason: ada asked");
        Outcomes.Describe(Outcome.RolledBack, "errors: 5 of 12").ToString()
            .ShouldStartWith("ROLLED_BACK (exit 10): Unhealthy;");
    }

    [Theory]
    [InlineData("errors; us-east: an instance would not start")]
    [InlineData(
        "errors; removed from eu-west, where no earlier version ran; and not everything before it could be taken back: beta is taken")]
    public void What_is_left_anywhere_is_called_so(string because) =>
        Outcomes.Describe(Outcome.RollbackIncomplete, because).ToString().ShouldContain("mixed or unknown");
}
