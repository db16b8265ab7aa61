using Nuke.Common;
using Tidegate.Components;

/// <summary>This repository's own pipeline: it delivers Samples/Orders (.nuke/parameters.json names the solution).</summary>
class Build : NukeBuild, IContinuousDelivery
{
    private TestRun? _tests;

    public static int Main() => Execute<Build>(x => ((IUnitTest)x).UnitTest); // no default target touches an environment

    Target Test => _ => _
        .Description("All tests of Tidegate itself, every tier; the last line counts them")
        .Executes(() =>
        {
            _tests = TestRun.Of(RootDirectory / "Solution.sln", RootDirectory / "artifacts" / "tests");
            _tests.Run();
        });

    [Parameter("Pack: make the packages a second time, from nothing, and compare them byte by byte")]
    readonly bool Twice;

    Target Pack => _ => _
        .Description("The packages that other repositories import, in artifacts/packages")
        .Executes(() => ReportSummary(summary =>
        {
            var packing = Packing.Of(RootDirectory);
            foreach (var (package, digest) in packing.Run()) summary[package] = digest;
            if (Twice) summary["Twice"] = packing.Again();
            return summary;
        }));

    protected override void OnBuildFinished()
    {
        if (_tests is not null) Console.WriteLine(_tests.Counts);
    }
}
