using System.Xml.Linq;
using Nuke.Common;
using Nuke.Common.IO;
using Nuke.Common.Tools.DotNet;
using Serilog;
using static Nuke.Common.Tools.DotNet.DotNetTasks;

/// <summary>Builds a solution and runs its test programs one after another, so that those which start real parts have the machine to themselves.</summary>
class TestRun
{
    private readonly AbsolutePath _solution;
    private readonly AbsolutePath _results;
    private int _passed;
    private int _failed;
    private int _skipped;

    private TestRun(AbsolutePath solution, AbsolutePath results) => (_solution, _results) = (solution, results);

    public string Counts => $"{_passed} passed, {_failed} failed, {_skipped} skipped";

    public static TestRun Of(AbsolutePath solution, AbsolutePath results) => new(solution, results);

    public void Run()
    {
        DotNetBuild(s => s.SetProjectFile(_solution).SetVerbosity(DotNetVerbosity.quiet).EnableNoLogo());
        _results.CreateOrCleanDirectory();

        var broken = new List<string>();
        foreach (var name in _solution.Parent.GlobFiles("tests/*.Tests/*.Tests.csproj").Select(p => p.NameWithoutExtension).Order())
        {
            var program = _solution.Parent / "artifacts" / "bin" / name / "debug" / $"{name}.dll";
            Log.Information("{Tests}", name);
            DotNet($"exec {program} -result-xml {_results / name}.xml -noLogo -noColor", logInvocation: false, exitHandler: process => process.ExitCode);

            // What the runner wrote is counted, not how it exited: no file is a failure, whatever the exit code.
            var file = _results / $"{name}.xml";
            if (!file.FileExists() || !Count(file)) broken.Add(name);
        }

        Assert.True(broken.Count == 0, $"Tests failed or did not end: {string.Join(", ", broken)}. Their results are in {_results}.");
    }

    private bool Count(AbsolutePath file)
    {
        var assemblies = XDocument.Load(file).Descendants("assembly").ToList();
        int Sum(string attribute) => assemblies.Sum(a => (int?)a.Attribute(attribute) ?? 0);

        _passed += Sum("passed");
        _failed += Sum("failed") + Sum("errors");
        _skipped += Sum("skipped");
        return Sum("failed") + Sum("errors") == 0 && Sum("passed") > 0;
    }
}
