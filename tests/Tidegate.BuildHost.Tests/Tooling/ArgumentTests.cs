using Nuke.Common.IO;
using Nuke.Common.Tooling;
using Nuke.Common.Tools.DotNet;

namespace Tidegate.BuildHost.Tests.Tooling;

public class ArgumentTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("with blank", "\"with blank\"")]
    [InlineData("a\"b", "\"a\\\"b\"")]
    [InlineData("ends with \\", "\"ends with \\\\\"")]
    [InlineData("\"already quoted\"", "\"already quoted\"")]
    public void A_value_stays_one_argument(string value, string expected) => Text($"{value}").ShouldBe(expected);

    [Fact]
    public void A_plain_string_is_one_value_and_an_interpolated_one_is_a_command_line()
    {
        Text("tag now").ShouldBe("\"tag now\"");
        Text($"tag now").ShouldBe("tag now");
        Text($"{"tag now":nq}").ShouldBe("tag now");
    }

    [Fact]
    public void Paths_are_joined_and_quoted_one_by_one() =>
        Text($"add {new AbsolutePath[] { "/a/b c", "/d" }}").ShouldBe("add \"/a/b c\" /d");

    [Fact]
    public void What_is_marked_with_r_is_hidden_by_the_filter()
    {
        ArgumentStringHandler arguments = $"push --key {"k-1234":r}";

        arguments.GetFilter()("sent k-1234 away").ShouldBe("sent [REDACTED] away");
        arguments.ToStringAndClear().ShouldBe("push --key k-1234");
    }

    [Fact]
    public void Values_with_blanks_quotes_and_backslashes_arrive_as_they_are()
    {
        string[] values = ["a b", "say \"hi\"", @"C:\dir\", "tab\there", "--looks like an option"];

        foreach (var value in values)
        {
            using var process = ProcessTasks.StartProcess("printf", $"%s {value}", logOutput: false, logInvocation: false);
            process.AssertZeroExitCode().Output.ShouldHaveSingleItem().Text.ShouldBe(value);
        }
    }

    [Fact]
    public void Settings_become_the_command_line_of_their_command()
    {
        var settings = new DotNetBuildSettings().SetProjectFile("/src/My App.sln").SetConfiguration("Release").EnableNoRestore().SetVersion("1.2.3")
            .AddNoWarns(1591, 1573).SetProperty("List", "a;b").SetVerbosity(DotNetVerbosity.quiet).AddProcessAdditionalArguments("--nodereuse:false");

        ToolArguments.Of(settings).ShouldBe(
        [
            "build", "\"/src/My App.sln\"", "--configuration", "Release", "--no-restore", "--verbosity", "quiet",
            "--property:Version=1.2.3", "--property:NoWarn=1591%3B1573", "--property:List=a%3Bb", "--nodereuse:false",
        ]);
    }

    [Fact]
    public void A_setter_leaves_the_original_as_it_was()
    {
        var original = new DotNetTestSettings().AddLoggers("trx");

        var changed = original.AddLoggers("console").SetProperty("A", 1).RemoveLoggers("trx");

        original.Loggers.ShouldBe(["trx"]);
        original.Properties.ShouldBeNull();
        changed.Loggers.ShouldBe(["console"]);
    }

    [Fact]
    public void Options_combine_with_values_and_apply_conditions()
    {
        var all = new DotNetPublishSettings()
            .When(_ => true, _ => _.SetConfiguration("Release"))
            .CombineWith(["a", "b"], (settings, project) => settings.SetProject(project))
            .CombineWith(["linux", "win"], (settings, runtime) => settings.SetRuntime(runtime));

        all.Select(settings => $"{settings.Project}-{settings.Runtime}-{settings.Configuration}")
            .ShouldBe(["a-linux-Release", "a-win-Release", "b-linux-Release", "b-win-Release"]);
    }

    [Fact]
    public void Own_options_are_rendered_by_their_attributes() =>
        ToolArguments.Of(new OwnSettings().Modify(o => o.Set(() => new OwnSettings().Level, 3)).Modify(o => o.AddCollection(() => new OwnSettings().Tags, "x", "y")))
            .ShouldBe(["deploy", "--level=3", "--tags", "x,y"]);

    private static string Text(ArgumentStringHandler arguments) => arguments.ToStringAndClear();

    [Command(Arguments = "deploy")]
    private sealed class OwnSettings : ToolOptions
    {
        [Argument(Format = "--tags {value}", Separator = ",", Position = -1)] public IReadOnlyList<string> Tags => Get<List<string>>(() => Tags);

        [Argument(Format = "--level={value}")] public int? Level => Get<int?>(() => Level!);
    }
}
