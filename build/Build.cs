using Nuke.Common;
using Nuke.Common.IO;
using Tidegate.Components;

/// <summary>This repository's own pipeline: it delivers Samples/Orders (.nuke/parameters.json names the solution).</summary>
class Build : NukeBuild, IContinuousDelivery
{
    private TestRun? _tests;

    [Parameter("GateBenchmark: a file of scenarios instead of the suite")] readonly AbsolutePath? Scenarios;

    [Parameter("GateBenchmark: runs of each cell. Default: 1000; healthy cells of the gate have four times as many, the rollout a fifth")] readonly int? Seeds;

    public static int Main() => Execute<Build>(x => ((IUnitTest)x).UnitTest); // no default target touches an environment

    Target Test => _ => _
        .Description("All tests of Tidegate itself, every tier; the last line counts them")
        .Executes(() =>
        {
            _tests = TestRun.Of(RootDirectory / "Solution.sln", RootDirectory / "artifacts" / "tests");
            _tests.Run();
        });

    Target GateBenchmark => _ => _
        .Description("The gate and its rivals in every scenario; goals with pass or fail, tables and plots (docs/gate.md)")
        .Executes(() => new GateSuite(RootDirectory, Scenarios, Seeds).Run());

    [Parameter("ReleaseBenchmark: a file of worlds instead of the public ones")] readonly AbsolutePath? Worlds;

    [Parameter("ReleaseBenchmark: releases in each world. Default: 100")] readonly int? Runs;

    [Parameter("ReleaseBenchmark: how long a release is watched in the end, for example 1h. Default: as the profile says")] readonly string? Watch;

    [Parameter("ReleaseBenchmark: a file for the numbers")] readonly AbsolutePath? Json;

    [Parameter("ReleaseBenchmark: only these worlds, with commas between them")] readonly string? Only;

    [Parameter("ReleaseBenchmark: rivals play the same worlds")] readonly bool Rivals;

    Target ReleaseBenchmark => _ => _
        .Description("Whole releases in worlds where nothing or something is wrong with them; goals, tables, and JSON with --json")
        .Executes(() => new ReleaseSuite(RootDirectory)
            .With("worlds", Worlds)
            .With("runs", Runs)
            .With("profile", EnvironmentInfo.GetNamedArgument<string>("Profile") ?? EnvironmentInfo.GetNamedArgument<string>("DeliveryProfile"))
            .With("watch", Watch)
            .With("seed", ((IHazDelivery)this).Seed)
            .With("json", Json)
            .With("only", Only)
            .With("rivals", Rivals)
            .Run());

    [Parameter("Pack: make the packages a second time, from nothing, and compare them byte by byte")]
    readonly bool Twice;

    Target Pack => _ => _
        .Description("The packages that other repositories import, in artifacts/packages")
        .Executes(() => ReportSummary(summary =>
        {
            using var packing = Packing.Of(RootDirectory);
            foreach (var (package, digest) in packing.Run()) summary[package] = digest;
            if (Twice) summary["Twice"] = packing.Again();
            return summary;
        }));

    protected override void OnBuildFinished()
    {
        if (_tests is not null) Console.WriteLine(_tests.Counts);
    }
}
