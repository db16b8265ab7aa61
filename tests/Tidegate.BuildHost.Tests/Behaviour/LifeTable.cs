using System.Reflection;
using Nuke.Common;
using Nuke.Common.CI;
using Nuke.Common.CI.GitHubActions;
using Nuke.Common.Execution;
using Nuke.Common.ValueInjection;
using Serilog;
using Tidegate.BuildHost.Tests.Support;

namespace Tidegate.BuildHost.Tests.Behaviour;

public sealed class CountedAttribute : ValueInjectionAttributeBase
{
    public static List<string> Asked { get; } = [];

    public bool Fails { get; set; }
    public int Rank { get; set; }

    public override int Priority => Rank;

    public override object GetValue(MemberInfo member, object instance)
    {
        Asked.Add(member.Name);
        return Fails ? throw new InvalidDataException("nobody knows it") : $"{member.Name} for {GetMemberValue<string>("Name", instance)}";
    }
}

public sealed class WatchedAttribute : BuildExtensionAttributeBase, IOnBuildCreated, IOnBuildInitialized, IOnTargetRunning, IOnTargetSucceeded, IOnBuildFinished
{
    private List<string> Life => ((LivingBuild)Build).Life;

    public void OnBuildCreated(IReadOnlyCollection<ExecutableTarget> executableTargets) => Life.Add($"extension created {executableTargets.Count}");
    public void OnBuildInitialized(IReadOnlyCollection<ExecutableTarget> executableTargets, IReadOnlyCollection<ExecutableTarget> executionPlan) => Life.Add($"extension initialized {executionPlan.Count}");
    public void OnTargetRunning(ExecutableTarget target) => Life.Add($"extension running {target.Name}");
    public void OnTargetSucceeded(ExecutableTarget target) => Life.Add($"extension succeeded {target.Name}");
    public void OnBuildFinished() => Life.Add("extension finished");
}

[Watched]
public class LivingBuild : NukeBuild
{
    [Parameter] public readonly string Name = "somebody";

    [Counted(Rank = 1)] public readonly string Early = null!;
    [Counted(Rank = 2)] public readonly string Earlier = null!;
    [Counted(Fails = true)] public readonly string Failing = "as it was";
    [Counted(Fails = true), Optional] public readonly string Quiet = "as it was";
    [Counted, OnDemand] public readonly string Rare = null!;
    [CI] public readonly GitHubActions GitHub = null!;

    public List<string> Life { get; } = [];

    Target Go => _ => _.Executes(() => Life.Add($"runs, invoked: {string.Join(',', InvokedTargets.Select(target => target.Name))}"));
    Target NeedsRare => _ => _.Requires(() => Rare).Executes(() => { });

    protected internal override void OnBuildCreated() => Life.Add($"created, {Name}, {Early ?? "nothing else yet"}");
    protected internal override void OnBuildInitialized() => Life.Add($"initialized, {Early}");
    protected internal override void OnBuildFinished() => Life.Add($"finished, {ExitCode}");
}

[DisableDefaultOutput(DefaultOutput.TargetOutcome, DefaultOutput.TargetHeader)]
public class QuietBuild : NukeBuild
{
    Target Go => _ => _.Executes(() => Log.Warning("mind the gap"));
}

public class TalkingBuild : NukeBuild
{
    [Parameter, Secret] readonly string Token = null!;

    Target Go => _ => _.Executes(() =>
    {
        Log.Verbose("a verbose word");
        Log.Debug("a debug word");
        Log.Information("an information with {Token}", Token);
        Log.Warning("a warning word");
        Log.Error("an error word");
    });
}

/// <summary>Sections 3, 5 and 13 of the facts: the life of a build, injected values, what is shown.</summary>
public sealed class LifeTable : IDisposable
{
    private readonly Repository _repository = new();

    public void Dispose() => _repository.Dispose();

    [Fact]
    public void A_build_lives_in_the_order_of_NUKE_with_parameters_first_and_other_values_later()
    {
        var run = _repository.Run<LivingBuild>("Go --name alice");

        ((LivingBuild)run.Build).Life.ShouldBe(
        [
            "extension created 2", "created, alice, nothing else yet", "extension initialized 1", "initialized, Early for alice",
            "extension running Go", "runs, invoked: Go", "extension succeeded Go", "extension finished", "finished, 0",
        ]);
    }

    [Fact]
    public void Invoked_targets_are_those_that_were_named_not_the_default() =>
        ((LivingBuild)_repository.Run<LivingBuild>("", x => (Target)typeof(LivingBuild).GetProperty("Go", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(x)!).Build)
            .Life.ShouldContain("runs, invoked: ");

    [Fact]
    public void Own_injection_goes_by_priority_and_what_fails_is_a_warning_unless_optional()
    {
        CountedAttribute.Asked.Clear();

        var run = _repository.Run<LivingBuild>("Go");

        CountedAttribute.Asked.ShouldBe(["Earlier", "Early", "Failing", "Quiet"]);
        var build = (LivingBuild)run.Build;
        build.Failing.ShouldBe("as it was");
        build.Rare.ShouldBeNull();
        run.Output.ShouldContain("Could not find a value for Failing: nobody knows it");
        run.Output.ShouldNotContain("for Quiet");
    }

    [Fact]
    public void What_is_on_demand_is_injected_when_a_planned_target_requires_it() =>
        ((LivingBuild)_repository.Run<LivingBuild>("NeedsRare").Build).Rare.ShouldBe("Rare for somebody");

    [Fact]
    public void The_server_is_injected_where_the_build_runs_on_it()
    {
        ((LivingBuild)_repository.Run<LivingBuild>("Go").Build).GitHub.ShouldBeNull();

        ((LivingBuild)_repository.WithVariable("GITHUB_ACTIONS", "true").Run<LivingBuild>("Go").Build).GitHub.ShouldNotBeNull();
    }

    [Fact]
    public void Parts_of_the_output_can_be_left_out()
    {
        var output = _repository.Run<QuietBuild>("Go").Output;

        output.ShouldContain("mind the gap");
        output.ShouldNotContain("Duration");
        output.ShouldContain("Build succeeded on ");
    }

    [Theory]
    [InlineData("Verbose", "verbose debug information warning error")]
    [InlineData("Normal", "debug information warning error")]
    [InlineData("Minimal", "warning error")]
    [InlineData("Quiet", "error")]
    public void Verbosity_chooses_the_levels_and_headers_and_summary_always_show(string verbosity, string expected)
    {
        var output = _repository.Run<TalkingBuild>($"Go --token hunter2 --verbosity {verbosity}").Output;

        // What is repeated at the end is not asked here.
        var body = output.Split("Errors & Warnings")[0];
        string.Join(' ', new[] { "verbose", "debug", "information", "warning", "error" }.Where(level => body.Contains($" {level} w", StringComparison.Ordinal))).ShouldBe(expected);
        output.ShouldContain("Build succeeded on ");
        output.ShouldContain("Target ");
        output.ShouldNotContain("hunter2");
    }

    [Fact]
    public void Warnings_and_errors_are_repeated_at_the_end_with_their_target()
    {
        var end = _repository.Run<TalkingBuild>("Go --token hunter2").Output.Split("Errors & Warnings")[1];

        end.ShouldContain("[WRN] Go: a warning word");
        end.ShouldContain("[ERR] Go: an error word");
        end.ShouldNotContain("a debug word");
    }

    /// <summary>NUKE pads with U+00A0 and puts U+200B into blank lines; a search for what stands there finds nothing.</summary>
    [Fact]
    public void What_is_shown_can_be_searched_for_with_ordinary_blanks()
    {
        var output = _repository.Run<TalkingBuild>("Go --token hunter2").Output;

        output.ShouldNotContain("\u00a0");
        output.ShouldNotContain("\u200b");
        output.ShouldMatch(@"Go +Succeeded +< 1sec");
    }

    [Fact]
    public void The_schema_is_written_only_when_it_changes()
    {
        _repository.Run<TalkingBuild>("--generate-schema").ExitCode.ShouldBe(0);
        var file = new FileInfo(Path.Combine(_repository.Root, ".nuke", "build.schema.json"));
        var text = File.ReadAllText(file.FullName);

        _repository.Run<TalkingBuild>("Go --token hunter2").ExitCode.ShouldBe(0);

        File.ReadAllText(file.FullName).ShouldBe(text);
        Directory.GetFiles(file.DirectoryName!, "*.tmp").ShouldBeEmpty();
    }
}
