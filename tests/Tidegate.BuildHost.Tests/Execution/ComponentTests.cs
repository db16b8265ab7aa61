using Nuke.Common;
using Nuke.Common.Tooling;
using Tidegate.BuildHost.Tests.Support;

namespace Tidegate.BuildHost.Tests.Execution;

public interface IRestoreLike : INukeBuild
{
    Target Restore => _ => _.Executes(() => ((ComponentBuild)this).Trail.Add("restore"));
}

public interface IUnitTestLike : IRestoreLike
{
    [Parameter("How strict.")] string Strictness => TryGetValue(() => Strictness) ?? "normal";

    [Parameter] string[] Setting => TryGetValue(() => Setting) ?? [];

    [Parameter] int Level => TryGetValue<int?>(() => Level) ?? 7;

    Target UnitTest => _ => _
        .DependsOn<IRestoreLike>()
        .Executes(async () =>
        {
            await Task.Yield();
            ((ComponentBuild)this).Trail.Add($"test {Strictness} {string.Join(',', Setting)} {Level}");
        });
}

[ParameterPrefix("Package")]
public interface IPackageLike : IUnitTestLike
{
    [Parameter] string Source => TryGetValue(() => Source);

    Configure<List<string>> PackageSettings => _ => _;

    Target Package => _ => _
        .DependsOn<IUnitTestLike>(x => x.UnitTest)
        .OnlyWhenStatic(() => Level > 0)
        .WhenSkipped(DependencyBehavior.Skip)
        .Executes(() => ((ComponentBuild)this).Trail.Add($"package from {Source} with {string.Join(',', PackageSettings(["base"]))}"));
}

public class ComponentBuild : NukeBuild, IPackageLike
{
    public List<string> Trail { get; } = [];

    Configure<List<string>> IPackageLike.PackageSettings => _ => [.. _, "own"];

    Target Everything => _ => _.DependsOn<IPackageLike>(x => x.Package);
}

public class InheritingBuild : ComponentBuild, IPackageLike
{
    public virtual Target Shout => _ => _.Description("quietly").Executes(() => Trail.Add("shout"));

    Target IUnitTestLike.UnitTest => _ => _.Inherit<IUnitTestLike>(x => x.UnitTest).Executes(() => Trail.Add("and more"));
}

public class BaseBuild : InheritingBuild
{
    public override Target Shout => _ => _.Base().Description("aloud").Executes(() => Trail.Add("louder"));
}

public interface IOneGo : INukeBuild
{
    Target Go => _ => _.Executes(() => { });
}

public interface IOtherGo : INukeBuild
{
    Target Go => _ => _.Executes(() => { });
}

public class ClashingBuild : NukeBuild, IOneGo, IOtherGo;

public class SettledBuild : NukeBuild, IOneGo, IOtherGo
{
    public Target Go => _ => _.Inherit<IOneGo>().Executes(() => { });
}

public sealed class ComponentTests : IDisposable
{
    private readonly Repository _repository = new();

    public void Dispose() => _repository.Dispose();

    [Fact]
    public void Targets_and_parameters_of_interfaces_work_with_their_defaults()
    {
        var run = _repository.Run<ComponentBuild>("", x => ((IUnitTestLike)x).UnitTest);

        run.ExitCode.ShouldBe(0, run.Errors);
        ((ComponentBuild)run.Build).Trail.ShouldBe(["restore", "test normal  7"]);
    }

    [Fact]
    public void Parameters_of_interfaces_are_read_with_the_prefix_of_the_interface_that_declares_them()
    {
        var run = _repository.Run<ComponentBuild>("Package --strictness high --setting a b --level=-3 --package-source feed --level 2");

        run.ExitCode.ShouldBe(0, run.Errors);
        ((ComponentBuild)run.Build).Trail.ShouldBe(["restore", "test high a,b 2", "package from feed with base,own"]);
    }

    [Fact]
    public void A_static_condition_skips_the_target_with_everything_that_only_it_needs()
    {
        var run = _repository.Run<ComponentBuild>("Package --level -1");

        run.Statuses.ShouldBe("Restore:Skipped UnitTest:Skipped Package:Skipped");
        run.Output.ShouldContain("Package skipped: only when Level > 0");
        run.ExitCode.ShouldBe(0);
    }

    [Fact]
    public void A_target_without_actions_stands_for_its_dependencies()
    {
        var run = _repository.Run<ComponentBuild>("everything");

        run.Statuses.ShouldBe("Restore:Succeeded UnitTest:Succeeded Package:Succeeded Everything:Collective");
    }

    [Fact]
    public void An_explicit_target_inherits_the_component_s_own()
    {
        var run = _repository.Run<InheritingBuild>("UnitTest");

        ((ComponentBuild)run.Build).Trail.ShouldBe(["restore", "test normal  7", "and more"]);
    }

    [Fact]
    public void An_overriding_target_takes_over_its_base_and_the_last_description_counts()
    {
        var run = _repository.Run<BaseBuild>("Shout");

        ((ComponentBuild)run.Build).Trail.ShouldBe(["shout", "louder"]);
        run.Build.ExecutionPlan.ShouldHaveSingleItem().Description.ShouldBe("aloud");
    }

    [Fact]
    public void One_name_from_two_components_is_refused_with_the_line_that_mends_it()
    {
        var run = _repository.Run<ClashingBuild>("Go");

        run.ExitCode.ShouldBe(30);
        run.Errors.ShouldContain("inherited from IOneGo and IOtherGo");
        run.Errors.ShouldContain("public Target Go => _ => _.Inherit<IOneGo>(x => x.Go);");
        _repository.Run<SettledBuild>("Go").Succeeded.ShouldBe("Go");
    }
}
