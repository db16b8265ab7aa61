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

    protected override void OnBuildFinished()
    {
        if (_tests is not null) Console.WriteLine(_tests.Counts);
    }
}
