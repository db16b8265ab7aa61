using Nuke.Common.IO;
using Nuke.Common.ProjectModel;
using Tidegate.BuildHost.Tests.Support;

namespace Tidegate.BuildHost.Tests.ProjectModel;

public sealed class ProjectTests : IDisposable
{
    // No SDK is imported, so nothing has to be restored.
    private const string Text = """
        <Project>
          <PropertyGroup>
            <TargetFrameworks>net9.0; net10.0</TargetFrameworks>
            <IsPackable>false</IsPackable>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="Serilog" Version="4.3.0" />
          </ItemGroup>
        </Project>
        """;

    private readonly Repository _repository = new Repository().WithFile("App/App.csproj", Text).WithFile("A.slnx", """<Solution><Project Path="App/App.csproj" /></Solution>""");

    public void Dispose() => _repository.Dispose();

    [Fact]
    public void Properties_and_items_are_what_MSBuild_makes_of_the_project()
    {
        var project = ((AbsolutePath)_repository.Root / "A.slnx").ReadSolution().GetProject("App");

        // Each question starts dotnet once, so only the forms that differ are asked.
        project.GetTargetFrameworks().ShouldBe(["net9.0", "net10.0"]);
        project.GetProperty<bool>("IsPackable").ShouldBeFalse();
        project.GetProperty("NoSuchProperty").ShouldBeNull();
        project.GetPackageReferenceVersion("serilog").ShouldBe("4.3.0");
    }
}
