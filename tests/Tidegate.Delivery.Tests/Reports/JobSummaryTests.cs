using Tidegate.Pipeline.Reports;

namespace Tidegate.Delivery.Tests.Reports;

public class JobSummaryTests
{
    [Fact]
    public void A_report_is_added_behind_what_others_wrote()
    {
        var text = JobSummary.With("what a target wrote", "# Release");

        text.ShouldStartWith("what a target wrote\n");
        text.ShouldContain("# Release\n");
    }

    [Fact]
    public void The_next_report_of_the_release_replaces_the_one_before_and_nothing_else()
    {
        var first = JobSummary.With("before\n", "alpha") + "### Build succeeded\n";

        var second = JobSummary.With(first, "alpha and beta");

        second.ShouldBe(JobSummary.With("before\n", "alpha and beta") + "### Build succeeded\n");
    }

    [Fact]
    public void The_same_report_again_changes_nothing()
    {
        var once = JobSummary.With("", "alpha");

        JobSummary.With(once, "alpha").ShouldBe(once);
    }
}
