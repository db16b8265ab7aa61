using Tidegate.GateBenchmark.Scenarios;
using Tidegate.Testing;

namespace Tidegate.GateBenchmark.Tests;

/// <summary>The benchmark's own files.</summary>
internal static class SuiteFiles
{
    public static IReadOnlyList<Scenario> Suite { get; } = Read("suite.json");

    public static IReadOnlyList<Scenario> GoalWorlds { get; } = Read("goal-worlds.json");

    public static Scenario Named(string prefix) =>
        Suite.Concat(GoalWorlds).Single(s => s.Name.StartsWith(prefix, StringComparison.Ordinal));

    private static IReadOnlyList<Scenario> Read(string name) =>
        ScenarioFile.Read(Repository.File($"tests/Tidegate.GateBenchmark/Scenarios/{name}"));
}
