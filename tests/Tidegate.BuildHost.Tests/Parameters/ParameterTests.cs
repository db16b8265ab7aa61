using System.ComponentModel;
using Nuke.Common;
using Nuke.Common.IO;
using Nuke.Common.Tooling;
using Tidegate.BuildHost.Tests.Support;

namespace Tidegate.BuildHost.Tests.Parameters;

[TypeConverter(typeof(TypeConverter<Stage>))]
public class Stage : Enumeration
{
    public static Stage Alpha = new() { Value = "a" };
    public static Stage Beta = new() { Value = "b" };
}

public enum Colour
{
    Red,
    Green,
}

public record Region(string Name, int Weight);

public class ParameterBuild : NukeBuild
{
    [Parameter] public readonly string Text = "initial";
    [Parameter] public readonly int Number;
    [Parameter] public readonly double Ratio;
    [Parameter] public readonly bool Switch;
    [Parameter] public readonly bool? Maybe;
    [Parameter] public readonly Colour Colour;
    [Parameter] public readonly Stage Stage = Stage.Alpha;
    [Parameter] public readonly TimeSpan Wait;
    [Parameter] public readonly AbsolutePath Folder = null!;
    [Parameter] public readonly string[] Names = [];
    [Parameter(Separator = ",")] public readonly int[] Numbers = [];
    [Parameter(Name = "renamed")] public readonly string Original = null!;
    [Parameter] public readonly string NuGetApiKeyURL = null!;
    [Parameter] public readonly string Platform = "none";
    [Parameter] public readonly Region Region = null!;
    [Parameter][Secret] public readonly int SecretNumber;

    Target Go => _ => _.Executes(() => { });
    Target Canary => _ => _.Executes(() => { });
}

public class RequiredBuild : NukeBuild
{
    [Parameter][Required] public readonly string Release = null!;

    Target Go => _ => _.Executes(() => { });
}

public sealed class ParameterTests : IDisposable
{
    private readonly Repository _repository = new();

    public void Dispose() => _repository.Dispose();

    [Fact]
    public void Values_convert_to_the_types_of_their_members()
    {
        var build = Good("Go --text hello --number -5 --ratio 0.25 --switch --maybe false --colour green --stage BETA --wait 00:05:00 --names a b c --numbers 1,2,3 --renamed x");

        build.Text.ShouldBe("hello");
        build.Number.ShouldBe(-5);
        build.Ratio.ShouldBe(0.25);
        build.Switch.ShouldBeTrue();
        build.Maybe.ShouldBe(false);
        build.Colour.ShouldBe(Colour.Green);
        build.Stage.ShouldBe(Stage.Beta);
        build.Wait.ShouldBe(TimeSpan.FromMinutes(5));
        build.Names.ShouldBe(["a", "b", "c"]);
        build.Numbers.ShouldBe([1, 2, 3]);
        build.Original.ShouldBe("x");
    }

    [Theory]
    [InlineData("--text=a=b", "a=b")]
    [InlineData("-Text a", "a")]
    [InlineData("--TEXT a", "a")]
    [InlineData("--text a --text b", "b")]
    public void Names_count_without_dashes_and_case_and_the_last_one_wins(string arguments, string expected) => Good($"Go {arguments}").Text.ShouldBe(expected);

    [Theory]
    [InlineData("--nuget-api-key-url")]
    [InlineData("--NuGetApiKeyURL")]
    public void Known_words_stay_whole(string name) => Good($"Go {name} u").NuGetApiKeyURL.ShouldBe("u");

    [Fact]
    public void Relative_paths_are_taken_from_the_working_directory_on_the_command_line_and_from_the_root_in_files()
    {
        Good("Go --folder some/where").Folder.ShouldBe(EnvironmentInfo.WorkingDirectory / "some" / "where");
        _repository.WithFile(".nuke/parameters.json", """{ "$schema": "./build.schema.json", "Folder": "some/where" }""");

        Good("Go").Folder.ShouldBe((AbsolutePath)_repository.Root / "some" / "where");
    }

    [Fact]
    public void Command_line_beats_environment_beats_the_last_profile_beats_the_first_beats_the_file_beats_the_initial_value()
    {
        Good("Go").Text.ShouldBe("initial");
        _repository.WithFile(".nuke/parameters.json", """{ "Text": "file", "Number": 1, "Switch": true, "Region": { "name": "eu", "weight": 3 } }""");
        Good("Go").Text.ShouldBe("file");
        _repository.WithFile(".nuke/parameters.one.json", """{ "Text": "one" }""").WithFile(".nuke/parameters.two.json", """{ "Text": "two" }""");
        Good("Go --profile one").Text.ShouldBe("one");
        Good("Go --profile one two").Text.ShouldBe("two");
        _repository.WithVariable("NUKE_TEXT", "variable");
        Good("Go --profile one two").Text.ShouldBe("variable");
        Good("Go --profile one two --text typed").Text.ShouldBe("typed");
        Good("Go").Region.ShouldBe(new Region("eu", 3));
    }

    [Fact]
    public void Stray_variables_with_the_names_of_built_in_parameters_do_no_harm()
    {
        foreach (var name in new[] { "HOST", "TARGET", "SKIP", "PLAN", "VERBOSITY", "PROFILE", "HELP", "ROOT", "NukeHost" })
            _repository.WithVariable(name, "abc");

        _repository.Run<ParameterBuild>("Go").Succeeded.ShouldBe("Go");
    }

    [Fact]
    public void Two_variables_that_fit_are_both_left_alone_with_a_warning()
    {
        _repository.WithVariable("NUKE_TEXT", "one").WithVariable("text", "two");

        var run = _repository.Run<ParameterBuild>("Go");

        ((ParameterBuild)run.Build).Text.ShouldBe("initial");
        run.Output.ShouldContain("both fit, so neither is used");
    }

    [Theory]
    [InlineData("Go --tect x", "--tect on the command line: the build has no such parameter", "Did you mean --text?")]
    [InlineData("Go --profil x", "--profil on the command line", "Did you mean --profile?")]
    [InlineData("Kanary", "'Kanary' in the targets: the build has no such target", "Did you mean Canary?")]
    [InlineData("Go --skip Kanary", "'Kanary' in --skip", "Did you mean Canary?")]
    [InlineData("--switch Canary", "--switch: 'Canary' is not one of true, false", "write it first: <target> --switch")]
    [InlineData("--help=maybe Go", "--help", "If a target was meant, write it first.")]
    [InlineData("Go --number many", "--number: 'many' is not a whole number, such as 3", "targets come first")]
    [InlineData("Go --colour blue", "--colour: 'blue' is not one of Red, Green", "")]
    [InlineData("Go --stage b", "--stage: 'b' is not one of Alpha, Beta", "")]
    [InlineData("Go --text", "--text: a value is missing", "")]
    [InlineData("Go --text a Canary", "--text: it takes one value, but 2 follow it", "targets come first")]
    [InlineData("Go --host Github", "there is no host 'Github'", "")]
    [InlineData("Go --verbosity loud", "--verbosity: 'loud' is not one of Verbose, Normal, Minimal, Quiet", "")]
    [InlineData("Go --profile ghost", "there is no .nuke/parameters.ghost.json", "")]
    public void What_is_misspelt_swallowed_or_does_not_convert_is_refused_before_anything_runs(string arguments, string what, string advice)
    {
        var run = _repository.Run<ParameterBuild>(arguments);

        run.ExitCode.ShouldBe(30);
        run.Errors.ShouldContain(what);
        run.Errors.ShouldContain(advice);
        run.Build.ExecutionPlan.ShouldBeEmpty();
    }

    [Fact]
    public void All_problems_are_told_at_once()
    {
        _repository.WithVariable("NUMBER", "many").WithFile(".nuke/parameters.json", """{ "text": "wrong case" }""");

        var run = _repository.Run<ParameterBuild>("Goo --tect x --colour blue");

        run.Errors.ShouldStartWith("Nothing was run. 5 things have to be mended:");
        run.Errors.ShouldContain("environment variable NUMBER: 'many' is not a whole number");
        run.Errors.ShouldContain(".nuke/parameters.json \"text\": the build has no such parameter");
        run.Errors.ShouldContain("Did you mean \"Text\"?");
    }

    [Fact]
    public void A_secret_that_does_not_convert_is_not_shown_and_one_in_a_file_is_refused()
    {
        _repository.Run<ParameterBuild>("Go --secret-number hunter2").Errors.ShouldNotContain("hunter2");
        _repository.WithFile(".nuke/parameters.json", """{ "SecretNumber": 5 }""");

        _repository.Run<ParameterBuild>("Go").Errors.ShouldContain("set the variable SECRET_NUMBER instead");
    }

    [Fact]
    public void A_required_parameter_is_asked_for_whatever_runs()
    {
        _repository.Run<RequiredBuild>("Go").Errors.ShouldContain("the build: it requires 'Release', which has no value");
        _repository.Run<RequiredBuild>("Go --release 1.0").ExitCode.ShouldBe(0);
    }

    [Fact]
    public void The_schema_is_written_on_request_and_names_targets_and_values()
    {
        var run = _repository.Run<ParameterBuild>("--generate-schema");

        run.ExitCode.ShouldBe(0);
        var schema = File.ReadAllText(Path.Combine(_repository.Root, ".nuke", "build.schema.json"));
        schema.ShouldContain("\"Canary\"");
        schema.ShouldContain("\"Green\"");
    }

    private ParameterBuild Good(string arguments)
    {
        var run = _repository.Run<ParameterBuild>(arguments);
        run.ExitCode.ShouldBe(0, run.Errors);
        return (ParameterBuild)run.Build;
    }
}
