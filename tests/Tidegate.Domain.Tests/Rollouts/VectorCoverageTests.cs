using Tidegate.Gates.Sequential;

namespace Tidegate.Rollouts;

/// <summary>No vector of the specification is left out by a name that no test asks for.</summary>
public sealed class VectorCoverageTests
{
    private static readonly string[] Asked =
    [
        "hits", "counts", "endpoint", "dispersion", "beginnings", "scopes", "restarts", "merge", "budget", "for",
        "ramp", "page", "drift", "shelter", "calm",
        "strikes", "profile",
    ];

    [Fact]
    public void Every_vector_is_about_something_that_a_test_asks_for()
    {
        var file = GateData.Read("golden-release.json");

        ReleaseVectors.All.Count.ShouldBe(file["vectors"]!.AsArray().Count);
        ReleaseVectors.All.Count.ShouldBe(57);
        file.Number("tolerance").ShouldBe(1e-9);
        ReleaseVectors.All.Select(ReleaseVectors.Name).ShouldAllBe(n => Asked.Any(a => ReleaseVectors.About(n, a)));
    }
}
