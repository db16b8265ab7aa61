namespace Tidegate.Delivery.Tests.EndToEnd;

/// <summary>One clone whose first version serves in every region, for tests of what is released over it. Each leaves that version serving everywhere.</summary>
[CollectionDefinition]
public sealed class DeliveredCollection : ICollectionFixture<Delivered>;

/// <inheritdoc cref="DeliveredCollection"/>
public sealed class Delivered(Workshop workshop) : IAsyncLifetime
{
    /// <summary>Those that stand when no release is under way.</summary>
    public static readonly IReadOnlyList<string> Environments = ["beta", "gamma", "production"];

    private Clone? _clone;

    public Clone Clone => _clone ?? throw new InvalidOperationException("The first version is not released yet.");

    public async ValueTask InitializeAsync()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        _clone = await workshop.CloneAsync("delivered", Profiles.Bakes1, cancellationToken);
        var (exit, output) = await _clone.RunAsync(cancellationToken, "RegionWaves");
        exit.ShouldBe(0, output);
        output.ShouldContain("Nothing to build");
        (await ServingAsync(cancellationToken)).ShouldBe(["first light"], output);
        foreach (var environment in Environments) (await _clone.FailedUserRequestsAsync(environment, cancellationToken)).ShouldBe(0, environment);
    }

    /// <summary>The release names that users of any environment are served.</summary>
    public async Task<IReadOnlyList<string>> ServingAsync(CancellationToken cancellationToken)
    {
        var names = new List<string>();
        foreach (var environment in Environments) names.AddRange(await Clone.ServingAsync(environment, cancellationToken));
        return [.. names.Distinct()];
    }

    public async ValueTask DisposeAsync()
    {
        if (_clone is not null) await _clone.DisposeAsync();
    }
}
