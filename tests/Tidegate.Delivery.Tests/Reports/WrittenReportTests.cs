using Tidegate.Delivery.Tests.Delivery;
using Tidegate.Pipeline;
using Tidegate.Testing;

namespace Tidegate.Delivery.Tests.Reports;

/// <summary>A report comes after the end of a release, and cannot change it.</summary>
public sealed class WrittenReportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_cannot_be_written_is_told_and_the_other_is_written()
    {
        var (pipeline, end) = await ReleasedAsync();
        var summary = Path.Combine(_folder.Path, "summary.md");

        var written = await DeliveryReports.WriteAsync(pipeline, end, summary);

        written.Failures.ShouldBeEmpty();
        (await File.ReadAllTextAsync(written.File!, Token)).ShouldContain("# ");

        (await DeliveryReports.WriteAsync(pipeline, end, _folder.Path)).ShouldSatisfyAllConditions(
            w => w.File.ShouldBe(written.File),
            w => w.Failures.ShouldHaveSingleItem().What.ShouldContain("GITHUB_STEP_SUMMARY"));

        File.Delete(summary);
        Directory.Delete(pipeline.Options.ReportsFolder, recursive: true);
        await File.WriteAllTextAsync(pipeline.Options.ReportsFolder, "a file where the folder should be", Token);

        (await DeliveryReports.WriteAsync(pipeline, end, summary)).ShouldSatisfyAllConditions(
            w => w.File.ShouldBeNull(),
            w => w.Failures.ShouldHaveSingleItem().What.ShouldBe("The report"));
        File.Exists(summary).ShouldBeTrue();
    }

    /// <summary>A release in a simulated world, reported as if it were real.</summary>
    private async Task<(DeliveryPipeline Pipeline, StageEnd End)> ReleasedAsync()
    {
        var definition = Some.Pipeline();
        var parts = DryRun.Parts(definition, ["GET /products"], seed: 1, Some.Noon, _ => new Silent());
        var options = new DeliveryOptions(_folder.Path, "", "local", _folder.Path, "", DryRunSeed: 1);
        var stage = definition.Stages[0].Stage;
        var end = await DeliveryPipeline.Open(options, definition, parts, "this test").ReleaseAsync(stage, DryRun.Candidate(definition), decision: null, Token);
        end.Run.ShouldNotBeNull(end.Because);
        return (DeliveryPipeline.Open(options with { DryRunSeed = null }, definition, parts, "this test"), end);
    }
}
