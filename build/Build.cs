using Nuke.Common;
using Nuke.Common.IO;
using Tidegate.Components;

/// <summary>This repository's own pipeline: it delivers Samples/Orders (.nuke/parameters.json names the solution).</summary>
class Build : NukeBuild, IContinuousDelivery
{
    private TestRun? _tests;

    [Parameter("GateBenchmark: a file of scenarios instead of the suite")] readonly AbsolutePath? Scenarios;

    [Parameter("GateBenchmark: runs of each cell. Default: 1000; healthy cells of the gate have four times as many")] readonly int? Seeds;

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
