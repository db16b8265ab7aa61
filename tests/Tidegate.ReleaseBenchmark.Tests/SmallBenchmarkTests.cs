using Tidegate.ReleaseBenchmark.Playing;
using Tidegate.ReleaseBenchmark.Worlds;
using Tidegate.Testing;

namespace Tidegate.ReleaseBenchmark.Tests;

/// <summary>A few whole releases with fixed seeds: far too few for a rate, and enough to see that a change broke the gate.</summary>
public sealed class SmallBenchmarkTests
{
    private static readonly IReadOnlyList<ReleaseWorld> Worlds =
        WorldFile.Read(Repository.File("tests/Tidegate.ReleaseBenchmark/worlds.json"));

    private static readonly ReleasePipeline Pipeline =
        ReleasePipeline.Load(Repository.File("config/delivery.json"), "production", watch: "60m");

    [Theory]
    [InlineData("plain")]
    [InlineData("bursts")]
    [InlineData("incidents")]
    [InlineData("deaths")]
    [InlineData("pauses")]
    public void A_harmless_release_goes_through(string name)
    {
        for (var seed = 1; seed <= 2; seed++)
        {
            var played = ReleasePlayer.Play(Pipeline, World(name, Expected.Release), seed);

            played.End.ShouldBe(End.Released, $"{name}, seed {seed}: {played.Accused}");
        }
    }

    [Theory]
    [InlineData("errors-1pp")]
    [InlineData("all-fail")]
    [InlineData("endpoint")]
    [InlineData("not-found")]
    [InlineData("journey-only")]
    public void A_faulty_release_is_found_and_taken_back(string name)
    {
        for (var seed = 1; seed <= 2; seed++)
        {
            var played = ReleasePlayer.Play(Pipeline, World(name, Expected.Rollback), seed);

            played.Found.ShouldBeTrue($"{name}, seed {seed}: {played}");
        }
    }

    private static ReleaseWorld World(string name, Expected expected)
    {
        var world = Worlds.Single(w => w.Name == name);
        world.Expected.ShouldBe(expected);
        return world;
    }
}
