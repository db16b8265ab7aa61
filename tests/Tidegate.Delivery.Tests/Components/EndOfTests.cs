using Nuke.Common.Tooling;
using Tidegate.Components;
using Tidegate.Engine;
using Tidegate.Platforms.Local;

namespace Tidegate.Delivery.Tests.Components;

/// <summary>Which exit code an exception in our work becomes. What is not meant for anybody is our defect, and never a failed build.</summary>
public sealed class EndOfTests
{
    public static TheoryData<Exception, Outcome> Exceptions => new()
    {
        { new LedgerRefusedException(new("TG4006", "ledger.db", "damaged", "put it back")), Outcome.LedgerRefused },
        { new LocalCloudException("it does not answer"), Outcome.PlatformUnknown },
        { new Pipeline.ArtifactRefusedException(
            [new("TG3202", "made/link", "this is a symbolic link.", "leave it out")]), Outcome.InputInvalid },
        { new PackagingException("no manifest"), Outcome.BuildFailed },
        { new PlatformNotSupportedException("runs on Linux only"), Outcome.InputInvalid },
        { new InvalidOperationException("sequence contains no elements"), Outcome.Internal },
        { new OperationCanceledException("nobody asked us to stop"), Outcome.Internal },
        { new IOException("the disk is gone"), Outcome.Internal },
    };

    [Theory]
    [MemberData(nameof(Exceptions), DisableDiscoveryEnumeration = true)]
    public void An_exception_ends_the_build_with_the_code_that_is_meant_for_it(Exception exception, Outcome outcome)
    {
        var end = Tidegate.Components.Delivery.EndOf(exception);

        end.Outcome.ShouldBe(outcome);
        end.Because.ShouldContain(exception.Message);
        end.Because.Contains("defect of Tidegate", StringComparison.Ordinal).ShouldBe(outcome == Outcome.Internal);
    }

    [Fact]
    public void A_rollback_that_did_what_it_was_asked_ends_with_0_and_every_other_end_stays_as_it_is()
    {
        Tidegate.Components.Delivery.AsAsked(new(Outcome.RolledBack, "ada asked for it")).ShouldBe(
            new(Outcome.Released,
                "taken back, as asked; every touched place is as it was, verified. ada asked for it"));

        foreach (var other in Enum.GetValues<Outcome>().Where(o => o != Outcome.RolledBack))
        {
            Tidegate.Components.Delivery.AsAsked(new(other, "because")).ShouldBe(new(other, "because"));
        }
    }

    [Fact]
    public void A_program_that_fails_while_an_artifact_is_made_is_a_failed_build()
    {
        var failed = Should.Throw<ProcessException>(() => ProcessTasks.StartProcess("false", logOutput: false, logInvocation: false).AssertZeroExitCode());

        Tidegate.Components.Delivery.EndOf(failed).Outcome.ShouldBe(Outcome.BuildFailed);
    }
}
