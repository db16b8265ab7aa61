using Nuke.Common;
using Tidegate.BuildHost.Tests.Support;

namespace Tidegate.BuildHost.Tests.Behaviour;

public class Executing : NukeBuild
{
    public static readonly bool Never;

    [Parameter] readonly string Key = null!;
    [Parameter] readonly int? Count;

    Target A => _ => _.Executes(() => { });
    Target B => _ => _.DependsOn(A).Executes(() => { });
    Target C => _ => _.DependsOn(B).Executes(() => { });
    Target Kept => _ => _.DependsOn(A).OnlyWhenStatic(() => Never).WhenSkipped(DependencyBehavior.Execute).Executes(() => { });
    Target Shut => _ => _.DependsOn(A).OnlyWhenStatic(() => Never).Executes(() => { });
    Target Late => _ => _.DependsOn(A).OnlyWhenDynamic(() => Never).Executes(() => { });
    Target AfterLate => _ => _.DependsOn(Late).Executes(() => { });
    Target ShutWithNews => _ => _.OnlyWhenStatic(() => Never).Triggers(News).Executes(() => { });
    Target News => _ => _.Executes(() => { });
    Target ThrowsLate => _ => _.OnlyWhenDynamic(() => Key.Length > 0).Executes(() => { });
    Target ThrowsEarly => _ => _.OnlyWhenStatic(() => Key.Length > 0).Executes(() => { });
    Target Fails => _ => _.Executes(() => Nuke.Common.Assert.Fail("on purpose"));
    Target AfterFails => _ => _.DependsOn(Fails).Executes(() => { });
    Target CleansUp => _ => _.After(Fails).AssuredAfterFailure().Executes(() => { });
    Target GoesOn => _ => _.ProceedAfterFailure().Executes(() => Nuke.Common.Assert.Fail("never mind"));
    Target AfterGoesOn => _ => _.DependsOn(GoesOn).Executes(() => { });
    Target NeedsKey => _ => _.DependsOn(A).Requires(() => Key).Executes(() => { });
    Target NeedsCount => _ => _.Requires(() => Count).Executes(() => { });
    Target NeedsMore => _ => _.Requires(() => Count > 3).Executes(() => { });
    Target ShutNeeds => _ => _.OnlyWhenStatic(() => Never).Requires(() => Key).Executes(() => { });
}

public class Circular : NukeBuild
{
    Target A => _ => _.DependsOn(B);
    Target B => _ => _.After(A);
    Target Free => _ => _.Executes(() => { });
}

public class Unrelated : NukeBuild
{
    Target A => _ => _.Executes(() => { });
    Target B => _ => _.Executes(() => { });
    Target C => _ => _.Executes(() => { });
}

/// <summary>Section 11 of the facts: planning, skipping, failing.</summary>
public sealed class ExecutionTable : IDisposable
{
    private readonly Repository _repository = new();

    internal static readonly Row[] Rows =
    [
        new("Skipping a target skips its dependencies that nothing else needs.", "C --skip B", "0: A:Skipped B:Skipped C"),
        new("A dependency that another scheduled target needs is not skipped.", "C Shut --skip Late", "0: A Shut:Skipped B C"),
        new("What was named is not skipped.", "C A --skip B", "0: A B:Skipped C"),
        new("An explicitly invoked target is not skipped by --skip.", "C B --skip B", "0: A B C"),
        new("--skip alone skips all dependencies.", "C --skip", "0: A:Skipped B:Skipped C"),
        new("Unknown names after --skip are ignored.", "C --skip Bb", "30: 'Bb' in --skip: the build has no such target", "An unknown name after --skip is refused, with the nearest one."),
        new("A static condition that does not hold skips the dependencies too.", "Shut", "0: A:Skipped Shut:Skipped"),
        new("WhenSkipped(Execute) lets the dependencies run.", "Kept", "0: A Kept:Skipped"),
        new("A skipped target takes its triggers with it.", "ShutWithNews", "0: ShutWithNews:Skipped News:Skipped"),
        new("A dynamic condition is tested after the dependencies ran.", "Late", "0: A Late:Skipped"),
        new("Dependents of a skipped target still run.", "AfterLate", "0: A Late:Skipped AfterLate"),
        new("A throwing dynamic condition fails the build with the target not run.", "ThrowsLate", "1: ThrowsLate:NotRun"),
        new("A throwing static condition fails the build.", "ThrowsEarly",
            "30: target ThrowsEarly: its condition fails: Object reference not set to an instance of an object.", "A static condition that throws refuses the build before anything runs, with exit code 30."),
        new("A failure leaves what follows not run.", "AfterFails", "1: Fails:Failed AfterFails:NotRun"),
        new("Assured targets run after a failure.", "Fails CleansUp", "1: Fails:Failed CleansUp"),
        new("ProceedAfterFailure goes on, but the build fails.", "AfterGoesOn", "1: GoesOn:Failed AfterGoesOn"),
        new("A missing requirement: targets not run, exit code 255; prompts on a terminal and dies in a pipe.", "NeedsKey",
            "30: target NeedsKey: it requires 'Key', which has no value", "A missing requirement never prompts: it is refused before anything runs, with exit code 30 and the parameter to give."),
        new("A requirement that has its value.", "NeedsKey --key given", "0: A NeedsKey"),
        new("A requirement of a value type.", "NeedsCount", "30: target NeedsCount: it requires 'Count', which has no value"),
        new("A value type that is given.", "NeedsCount --count 0", "0: NeedsCount"),
        new("A bool requirement that does not hold prints the expression.", "NeedsMore --count 3", "30: target NeedsMore: it requires that Count > 3 holds",
            "A requirement that does not hold is shown as it was written, without the compiler's names."),
        new("Requirements of targets that are skipped by a static condition are not checked.", "ShutNeeds", "0: ShutNeeds:Skipped"),
    ];

    public static IEnumerable<TheoryDataRow<string, string, string>> Data => Row.Of(Rows);

    public void Dispose() => _repository.Dispose();

    [Theory]
    [MemberData(nameof(Data))]
    public void Targets_run_skip_and_fail_as_in_NUKE(string fact, string arguments, string expected) => _repository.Run<Executing>(arguments).Outcome().ShouldBe(expected, fact);

    [Theory]
    [InlineData("A B C", "0: C B A")]
    [InlineData("C A B", "0: C B A")]
    [InlineData("B A", "0: B A")]
    public void Unrelated_targets_run_in_reverse_order_of_discovery_whatever_the_command_line_says(string arguments, string expected) =>
        _repository.Run<Unrelated>(arguments).Outcome().ShouldBe(expected);

    [Fact]
    public void Strict_refuses_a_step_with_more_than_one_candidate() =>
        _repository.Run<Unrelated>("A --strict").Outcome().ShouldBe("30: --strict: the order of A and B is not declared");

    [Fact]
    public void A_cycle_anywhere_is_fatal() => _repository.Run<Circular>("Free").Outcome().ShouldBe("30: the targets: circular dependency: A <- B <- A");
}
