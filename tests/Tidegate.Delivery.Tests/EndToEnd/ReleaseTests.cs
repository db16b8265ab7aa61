namespace Tidegate.Delivery.Tests.EndToEnd;

/// <summary>The built pipeline, run from outside on real processes with real traffic.</summary>
[Collection<DeliveredCollection>]
public sealed class ReleaseTests(Delivered delivered)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_second_release_replaces_the_first_one_without_a_failed_request_and_is_taken_back_when_someone_asks()
    {
        var clone = delivered.Clone;
        var (exit, output) = await clone.RunAsync(Token, "RegionWaves");
        exit.ShouldBe(0, output);
        output.ShouldContain("already healthy");

        var failed = await FailedAsync();
        (exit, output) = await clone.RunAsync(Token, ["RegionWaves", "--setting", "Orders:ReleaseName=second", .. Clone.OnlyPackage]);
        exit.ShouldBe(0, output);
        (await delivered.ServingAsync(Token)).ShouldBe(["second"], output);
        (await FailedAsync()).ShouldBe(failed, output);

        (exit, output) = await clone.RunAsync(Token, "Rollback", "--reason", "the old one was nicer");
        exit.ShouldBe(10, output);
        (await delivered.ServingAsync(Token)).ShouldBe(["first light"], output);

        (exit, output) = await clone.RunAsync(Token, "Status");
        exit.ShouldBe(0, output);
        output.ShouldContain("us-east");
    }

    /// <summary>Requests of users that failed in each environment since its users began: of other tests' faulty versions too.</summary>
    private async Task<IReadOnlyList<string>> FailedAsync()
    {
        var failed = new List<string>();
        foreach (var environment in Delivered.Environments) failed.Add($"{environment} {await delivered.Clone.FailedUserRequestsAsync(environment, Token)}");
        return failed;
    }
}
