using Nuke.Common;
using Nuke.Common.IO;
using Nuke.Common.ProjectModel;
using Nuke.Components;
using Tidegate.BuildHost.Tests.Support;

namespace Tidegate.BuildHost.Tests.Behaviour;

[ParameterPrefix("ShopPrefix")]
public interface IHazShop : INukeBuild
{
    [Parameter] string Name => TryGetValue(() => Name) ?? "none";
    [Parameter] string NuGetApiKeyURL => TryGetValue(() => NuGetApiKeyURL);
}

public interface IHazCounter : IHazShop
{
    [Parameter] int? Level => TryGetValue<int?>(() => Level);
}

public interface IOldGo : INukeBuild
{
    Target Go => _ => _.Description("old").Executes(() => ((ComponentFacts)this).Trail.Add("old"));
}

public interface INewGo : IOldGo
{
    new Target Go => _ => _.Inherit<IOldGo>().Description("new").Executes(() => ((ComponentFacts)this).Trail.Add("new"));
}

public abstract class ParentFacts : NukeBuild
{
    public List<string> Trail { get; } = [];

    protected virtual Target Plain => _ => _.Executes(() => Trail.Add("parent's"));

    protected virtual Target Hidden => _ => _.Executes(() => Trail.Add("parent's"));

    Target Inherited => _ => _.Executes(() => Trail.Add("inherited"));
}

public class ComponentFacts : ParentFacts, INewGo, IHazCounter
{
    Target Last => _ => _.Executes(() => Trail.Add($"{((IHazShop)this).Name} {((IHazShop)this).NuGetApiKeyURL} {((IHazCounter)this).Level}"));
    Target First => _ => _.Executes(() => { });

    protected override Target Plain => _ => _.Base().Executes(() => Trail.Add("child's"));
    protected override Target Hidden => _ => _.Executes(() => Trail.Add("child's only"));
}

public interface IOtherShop : INukeBuild
{
    [Parameter] string Address => TryGetValue(() => Address);
}

public class SharedParameter : NukeBuild, IOtherShop
{
    [Parameter] readonly string Address = null!;

    public string Both => $"{Address} {((IOtherShop)this).Address}";

    Target Go => _ => _.Executes(() => { });
}

public class NotPublic : NukeBuild, IAlone
{
    Target Alone => _ => _.Executes(() => { });
}

public class ReadyComponents : NukeBuild, IHazConfiguration, IHazReports, IHazChangelog, IPublish
{
    IEnumerable<Project> ITest.TestProjects => [];

    Target Go => _ => _.Executes(() => { });
}

/// <summary>Sections 9 and 10 of the facts: components.</summary>
public sealed class ComponentTable : IDisposable
{
    private readonly Repository _repository = new Repository().WithFile("A.slnx", "<Solution />");

    public void Dispose() => _repository.Dispose();

    [Theory]
    [InlineData("Go", "old new", "An interface may hide a target of its base and inherit it; inherited actions run first")]
    [InlineData("Plain", "parent's child's", "Base() runs what the overridden property says first")]
    [InlineData("Hidden", "child's only", "A virtual target may be overridden without Base")]
    [InlineData("Inherited", "inherited", "Targets of base classes are found")]
    [InlineData("Last --shop-name a --shop-nu-get-api-key-url b --level 3", "a b 3", "The prefix of the declaring interface counts, and loses its own Prefix; it is not inherited")]
    [InlineData("Last --shop-nuget-api-key-url b", "none b ", "Known words stay whole in dashed names")]
    public void Components_work_as_in_NUKE(string arguments, string trail, string fact)
    {
        var run = _repository.Run<ComponentFacts>(arguments);

        run.ExitCode.ShouldBe(0, run.Errors);
        string.Join(' ', ((ComponentFacts)run.Build).Trail).ShouldBe(trail, fact);
    }

    [Fact]
    public void Targets_are_found_in_the_class_then_in_its_bases_then_in_its_interfaces() =>
        _repository.Run<ComponentFacts>("First").Build.ShouldBeOfType<ComponentFacts>().ExecutableTargets.Select(target => target.Name)
            .ShouldBe(["Last", "First", "Plain", "Hidden", "Inherited", "Go"]);

    [Fact]
    public void The_last_description_counts() =>
        _repository.Run<ComponentFacts>("Go").Build.ExecutionPlan.ShouldHaveSingleItem().Description.ShouldBe("new");

    [Fact]
    public void Parameters_of_the_same_name_share_one_value() =>
        ((SharedParameter)_repository.Run<SharedParameter>("Go --address a").Build).Both.ShouldBe("a a");

    [Fact]
    public void A_property_of_the_class_that_hides_a_component_s_target_must_be_public() =>
        _repository.Run<NotPublic>("Alone").Outcome().ShouldBe("30: target Alone: 'NotPublic.Alone' hides the target of IAlone");

    [Theory]
    [InlineData("", "Debug", "On a person's machine")]
    [InlineData("GITHUB_ACTIONS", "Release", "On a server")]
    public void Configuration_is_Debug_here_and_Release_on_servers(string variable, string expected, string fact)
    {
        if (variable.Length > 0)
            _repository.WithVariable(variable, "true");

        var run = _repository.Run<ReadyComponents>("Go");

        run.ExitCode.ShouldBe(0, run.Errors);
        ((IHazConfiguration)run.Build).Configuration.ToString().ShouldBe(expected, fact);
    }

    [Fact]
    public void Ready_components_have_the_paths_numbers_and_names_of_NUKE()
    {
        var build = (ReadyComponents)_repository.Run<ReadyComponents>("Go").Build;
        AbsolutePath root = _repository.Root;

        ((IHazArtifacts)build).ArtifactsDirectory.ShouldBe(root / "artifacts");
        ((IHazReports)build).ReportDirectory.ShouldBe(root / "artifacts" / "reports");
        ((IPack)build).PackagesDirectory.ShouldBe(root / "artifacts" / "packages");
        ((ITest)build).TestResultDirectory.ShouldBe(root / "artifacts" / "test-results");
        ((ITest)build).TestDegreeOfParallelism.ShouldBe(1);
        ((ICompile)build).PublishDegreeOfParallelism.ShouldBe(10);
        ((IHazChangelog)build).ChangelogFile.ShouldBe(root / "CHANGELOG.md");
        build.ExecutableTargets.Select(target => target.Name).ShouldBe(["Go", "Publish", "Pack", "Compile", "Restore", "Test"], ignoreOrder: true);
    }

    /// <summary>The difference is told in docs/buildhost.md: NUKE publishes to the public gallery when nobody says where.</summary>
    [Fact]
    public void Publish_requires_a_source_and_a_key_before_anything_runs()
    {
        var run = _repository.Run<ReadyComponents>("Publish");

        run.ExitCode.ShouldBe(30);
        run.Errors.ShouldContain("Give --nuget-source <value>");
        run.Errors.ShouldContain("Give --nuget-api-key <value>");
    }
}
