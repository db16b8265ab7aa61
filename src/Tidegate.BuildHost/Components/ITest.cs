using System.Xml.Linq;
using Nuke.Common;
using Nuke.Common.IO;
using Nuke.Common.ProjectModel;
using Nuke.Common.Tooling;
using Nuke.Common.Tools.DotNet;
using Nuke.Common.Utilities;
using Nuke.Common.Utilities.Collections;

namespace Nuke.Components;

public interface ITest : ICompile, IHazArtifacts
{
    AbsolutePath TestResultDirectory => ArtifactsDirectory / "test-results";

    int TestDegreeOfParallelism => 1;

    IEnumerable<Project> TestProjects { get; }

    Target Test => _ => _
        .Description("Runs the tests.")
        .DependsOn(Compile)
        .Produces(TestResultDirectory / "*.trx")
        .Executes(() =>
        {
            try
            {
                DotNetTasks.DotNetTest(
                    _ => _.Apply(TestSettingsBase).Apply(TestSettings).CombineWith(
                        TestProjects,
                        (settings, project) => settings.Apply(TestProjectSettingsBase, project).Apply(TestProjectSettings, project)),
                    TestDegreeOfParallelism,
                    completeOnFailure: true);
            }
            finally
            {
                ReportTestResults();
                ReportTestCount();
            }
        });

    sealed Configure<DotNetTestSettings> TestSettingsBase => _ => _
        .SetConfiguration(Configuration)
        .SetNoBuild(SucceededTargets.Contains(Compile))
        .SetResultsDirectory(TestResultDirectory);

    sealed Configure<DotNetTestSettings, Project> TestProjectSettingsBase => (settings, project) => settings
        .SetProjectFile(project)
        .AddLoggers($"trx;LogFileName={project.Name}.trx");

    Configure<DotNetTestSettings> TestSettings => _ => _;
    Configure<DotNetTestSettings, Project> TestProjectSettings => (settings, _) => settings;

    /// <summary>Hands the results to the CI server. Default: nothing; the files lie in <see cref="TestResultDirectory"/>.</summary>
    void ReportTestResults() { }

    /// <summary>Puts the counts into the summary.</summary>
    void ReportTestCount()
    {
        var counters = TestResultDirectory.GlobFiles("*.trx")
            .Select(file => XDocument.Load(file).Descendants().FirstOrDefault(element => element.Name.LocalName == "Counters"))
            .WhereNotNull().ToArray();
        int Sum(string name) => counters.Sum(counter => (int?)counter.Attribute(name) ?? 0);
        var (passed, failed, total) = (Sum("passed"), Sum("failed"), Sum("total"));
        ReportSummary(_ => _
            .When(failed > 0, notes => notes.AddPair("Failed", failed))
            .AddPair("Passed", passed)
            .When(total > passed + failed, notes => notes.AddPair("Skipped", total - passed - failed)));
    }
}
