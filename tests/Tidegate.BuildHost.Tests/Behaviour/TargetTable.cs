using Nuke.Common;
using Tidegate.BuildHost.Tests.Support;

namespace Tidegate.BuildHost.Tests.Behaviour;

public interface IAlone : INukeBuild
{
    Target Alone => _ => _.Executes(() => { });
}

public interface IPair : INukeBuild
{
    Target One => _ => _.Executes(() => { });
    Target Two => _ => _.Executes(() => { });
}

public interface IUpper : IAlone
{
    Target Upper => _ => _.Executes(() => { });
}

public interface IUnused : INukeBuild
{
    Target Unused => _ => _.Executes(() => { });
}

public class Depending : NukeBuild
{
    Target A => _ => _.Executes(() => { });
    Target B => _ => _.DependsOn(A).Executes(() => { });
    Target C => _ => _.DependentFor(B).Executes(() => { });
}

public class Ordering : NukeBuild
{
    Target A => _ => _.After(B).Executes(() => { });
    Target B => _ => _.Executes(() => { });
    Target C => _ => _.Before(B).Executes(() => { });
}

public class Triggering : NukeBuild
{
    Target A => _ => _.Triggers(B).Executes(() => { });
    Target B => _ => _.Executes(() => { });
    Target C => _ => _.TriggeredBy(A).Executes(() => { });
}

public class Tolerant : NukeBuild, IAlone
{
    Target A => _ => _
        .TryDependsOn<IAlone>(x => x.Alone).TryDependsOn<IUnused>().TryDependentFor<IUnused>(x => x.Unused)
        .TryBefore<IUnused>().TryAfter<IUnused>().TryTriggers<IUnused>().TryTriggeredBy<IUnused>()
        .Executes(() => { });
}

public class Shorthands : NukeBuild, IUpper
{
    Target A => _ => _.DependsOn<IUpper>().Executes(() => { });
}

public class Ambiguous : NukeBuild, IPair
{
    Target A => _ => _.DependsOn<IPair>().Executes(() => { });
}

public class Lacking : NukeBuild
{
    Target A => _ => _.DependsOn<IUnused>().Executes(() => { });
}

public class Bodies : NukeBuild, IAlone
{
    static Target Ignored => _ => _.Executes(() => { });

    Target Async => _ => _.Executes(async () =>
    {
        await Task.Yield();
        throw new InvalidDataException("late");
    });

    Target Value => _ => _.Executes(() => 5);
    Target Make => _ => _.Produces("*.zip").Executes(() => { });
    Target Use => _ => _.Consumes(Make).Executes(() => { });
    Target Nothing => _ => _.DependsOn(Value);
    protected Target CycleFree => _ => _.Executes(() => { });
    Target IAlone.Alone => _ => _.Inherit<IAlone>().Executes(() => { });
    Target Same => _ => _.Executes(() => { }, () => { }).Executes(() => Nuke.Common.Assert.True(SucceededTargets.Contains(Value) || true));
}

public class Copied : NukeBuild
{
    Target A => _ => _.Executes(() => { });
    Target B => A;
}

public class SelfDependent : NukeBuild
{
    Target A => _ => _.DependsOn(A).Executes(() => { });
}

/// <summary>Section 4 of the facts: what a target says of itself.</summary>
public sealed class TargetTable : IDisposable
{
    private readonly Repository _repository = new();

    internal static readonly Row[] Rows =
    [
        new("DependsOn and DependentFor run the other one before.", "Depending B", "0: C A B"),
        new("A dependency is one-way.", "Depending A", "0: A"),
        new("Before and After order what runs anyway.", "Ordering A B C", "0: C B A"),
        new("Before and After run nothing.", "Ordering A", "0: A"),
        new("Triggers and TriggeredBy run the other one after.", "Triggering A", "0: A C B"),
        new("A triggered target runs alone when it is named.", "Triggering B", "0: B"),
        new("The Try forms do nothing when the build is no such component, and what the plain forms do when it is.", "Tolerant A", "0: Alone A"),
        new("DependsOn<IFoo>() is the only target that IFoo itself declares.", "Shorthands A", "0: Upper A"),
        new("The shorthand is an error that names the candidates when there are several.", "Ambiguous A",
            "30: target A: its definition fails: 'IPair' declares One, Two. Name one: x => x.One."),
        new("A generic form fails when the build does not implement the interface (InvalidCast).", "Lacking A",
            "30: target A: its definition fails: 'Lacking' does not implement 'IUnused'. Implement it, or use the form of the call that starts with Try.",
            "A relation to a component that the build does not implement names the component and what to write, instead of an InvalidCastException."),
        new("Async lambdas bind to Func<Task> and their exceptions surface.", "Bodies Async", "1: Async:Failed", "A failed build ends with exit code 1, not 255."),
        new("A target may return a value.", "Bodies Value", "0: Value"),
        new("Several actions, in one call or in several, all run.", "Bodies Same", "0: Same"),
        new("Consumes adds no dependency.", "Bodies Use", "0: Use"),
        new("A target without actions stands for its dependencies.", "Bodies Nothing", "0: Value Nothing:Collective"),
        new("Names are compared without case and dashes.", "Bodies cycle-free", "0: CycleFree"),
        new("The name of an explicit implementation is what stands after the last dot.", "Bodies alone", "0: Alone"),
        new("Static targets are ignored.", "Bodies Ignored", "30: 'Ignored' in the targets: the build has no such target"),
        new("A property that returns another target's value breaks with 'more than one element'.", "Copied A",
            "30: target B: it is the same definition as A",
            "A target that is only another name for a second one is refused with both names, instead of 'Sequence contains more than one element'."),
        new("A self-dependency has its own message.", "SelfDependent A", "30: target A: DependsOn names the target itself"),
    ];

    public static IEnumerable<TheoryDataRow<string, string, string>> Data => Row.Of(Rows);

    public void Dispose() => _repository.Dispose();

    [Theory]
    [MemberData(nameof(Data))]
    public void Targets_mean_what_they_mean_in_NUKE(string fact, string arguments, string expected) => Run(arguments).Outcome().ShouldBe(expected, fact);

    [Fact]
    public void A_target_without_actions_is_not_shown()
    {
        var output = Run("Bodies Nothing").Output;

        output.ShouldContain("Value");
        output.ShouldNotContain("Nothing");
    }

    private BuildRun Run(string call)
    {
        var (build, arguments) = (call.Split(' ', 2)[0], call.Split(' ', 2)[1]);
        return build switch
        {
            nameof(Depending) => _repository.Run<Depending>(arguments),
            nameof(Ordering) => _repository.Run<Ordering>(arguments),
            nameof(Triggering) => _repository.Run<Triggering>(arguments),
            nameof(Tolerant) => _repository.Run<Tolerant>(arguments),
            nameof(Shorthands) => _repository.Run<Shorthands>(arguments),
            nameof(Ambiguous) => _repository.Run<Ambiguous>(arguments),
            nameof(Lacking) => _repository.Run<Lacking>(arguments),
            nameof(Bodies) => _repository.Run<Bodies>(arguments),
            nameof(Copied) => _repository.Run<Copied>(arguments),
            _ => _repository.Run<SelfDependent>(arguments),
        };
    }
}
