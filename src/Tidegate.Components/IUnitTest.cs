using Nuke.Common;
using Nuke.Common.IO;
using Nuke.Common.ProjectModel;
using Nuke.Components;
using static Nuke.Common.Tools.DotNet.DotNetTasks;

namespace Tidegate.Components;

/// <summary>Tests that fit one process, within a budget: what runs before anything is packaged.</summary>
public interface IUnitTest : ICompile
{
    /// <summary>Projects whose name ends with <c>.Tests</c>.</summary>
    IEnumerable<Project> UnitTestProjects => Solution.AllProjects.Where(p => p.Name.EndsWith(".Tests", System.StringComparison.Ordinal));

    [Parameter("Seconds that the unit tests of one project may take, 1 to 3600. Default: 30")]
    int UnitTestBudget => TryGetValue<int?>(() => UnitTestBudget) ?? 30;

    Target UnitTest => _ => _
        .Description("Single-process tests, within the budget")
        .DependsOn<ICompile>(x => x.Compile)
        .Executes(() =>
        {
            foreach (var project in UnitTestProjects)
            {
                // A runner that is not done in time is ended, and that is a failure: a slow unit test is no unit test.
                DotNet($"test {(UsesTestingPlatform ? "--project" : "--nologo")} {project.Path} --configuration {Configuration} --no-build --no-restore", timeout: UnitTestBudget * 1000);
            }
        });

    /// <summary><c>dotnet test</c> wants <c>--project</c> where global.json names Microsoft.Testing.Platform.</summary>
    sealed bool UsesTestingPlatform =>
        (RootDirectory / "global.json") is var file && file.FileExists() && file.ReadAllText().Contains("Microsoft.Testing.Platform", System.StringComparison.Ordinal);
}
