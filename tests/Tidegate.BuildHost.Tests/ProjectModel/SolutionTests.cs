using Nuke.Common;
using Nuke.Common.IO;
using Nuke.Common.ProjectModel;
using Nuke.Components;
using Tidegate.BuildHost.Tests.Support;

namespace Tidegate.BuildHost.Tests.ProjectModel;

public class SolutionBuild : NukeBuild, IHazSolution, IHazConfiguration
{
    [Solution] public readonly Solution Mine = null!;

    Target Go => _ => _.Executes(() => { });
}

public sealed class SolutionTests : IDisposable
{
    private const string Text = """
        <Solution>
          <Folder Name="/tests/">
            <Project Path="tests/App.Tests/App.Tests.csproj" />
          </Folder>
          <Project Path="src/App/App.csproj" />
        </Solution>
        """;

    private readonly Repository _repository = new();

    public void Dispose() => _repository.Dispose();

    [Fact]
    public void Projects_and_folders_of_a_solution()
    {
        var solution = ((AbsolutePath)_repository.WithFile("My.slnx", Text).Root / "My.slnx").ReadSolution();

        solution.Name.ShouldBe("My");
        solution.AllProjects.Select(project => project.Name).ShouldBe(["App.Tests", "App"], ignoreOrder: true);
        solution.Projects.ShouldHaveSingleItem().Name.ShouldBe("App");
        solution.GetSolutionFolder("tests").Projects.ShouldHaveSingleItem().Path.ShouldBe((AbsolutePath)_repository.Root / "tests" / "App.Tests" / "App.Tests.csproj");
        solution.GetAllProjects("*.Tests").ShouldHaveSingleItem().Parent.ShouldBeOfType<SolutionFolder>();
        solution.GetProject("app").Directory.Name.ShouldBe("App");
        ((string)solution).ShouldBe(solution.Path.ToString());
    }

    [Fact]
    public void The_only_solution_in_the_root_is_found_by_classes_and_components()
    {
        var run = _repository.WithFile("My.slnx", Text).Run<SolutionBuild>("Go");

        run.ExitCode.ShouldBe(0, run.Errors);
        var build = (SolutionBuild)run.Build;
        build.Mine.Name.ShouldBe("My");
        ((IHazSolution)build).Solution.Name.ShouldBe("My");
        ((IHazConfiguration)build).Configuration.ShouldBe(Configuration.Debug);
    }

    [Fact]
    public void Among_several_one_has_to_be_named()
    {
        _repository.WithFile("One.slnx", Text).WithFile("Two.slnx", Text);

        _repository.Run<SolutionBuild>("Go").ExitCode.ShouldBe(30);
        var run = _repository.Run<SolutionBuild>("Go --solution Two.slnx --mine One.slnx");

        run.ExitCode.ShouldBe(0, run.Errors);
        ((IHazSolution)run.Build).Solution.Name.ShouldBe("Two");
        ((SolutionBuild)run.Build).Mine.Name.ShouldBe("One");
    }

    [Fact]
    public void A_server_compiles_for_release()
    {
        var run = _repository.WithFile("My.slnx", Text).WithVariable("GITHUB_ACTIONS", "true").Run<SolutionBuild>("Go");

        ((IHazConfiguration)run.Build).Configuration.ShouldBe(Configuration.Release);
    }
}
