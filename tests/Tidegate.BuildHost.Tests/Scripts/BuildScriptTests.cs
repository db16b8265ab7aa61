namespace Tidegate.BuildHost.Tests.Scripts;

public sealed class BuildScriptTests : IDisposable
{
    private const string Compiling = "Compiling the build ...";
    private readonly BuildScript _script = new();

    public static bool HasShell => !OperatingSystem.IsWindows();

    public void Dispose() => _script.Dispose();

    [Fact(Skip = "there is no sh", SkipUnless = nameof(HasShell))]
    public async Task The_build_is_compiled_once_and_again_after_each_kind_of_change()
    {
        var (code, output, errors) = await _script.Run("Canary --release=1 2", folder: Path.GetTempPath());
        (code, output).ShouldBe((0, "ran Canary|--release=1|2"), errors);
        errors.ShouldContain(Compiling);

        (await _script.Run("Again")).ShouldBe((0, "ran Again", ""));

        _script.Write("src/Samples/Orders/Program.cs", "not even code");
        _script.Write("docs/readme.md", "words");
        (await _script.Run("Still")).ShouldBe((0, "ran Still", ""));

        _script.Delete("src/Samples/Orders/Program.cs");
        _script.Write("src/More.cs", "internal static class More;");
        (await _script.Run("More")).Errors.ShouldContain(Compiling);

        _script.Delete("src/More.cs");
        (await _script.Run("Less")).Errors.ShouldContain(Compiling);
        (await _script.Run("Done")).ShouldBe((0, "ran Done", ""));
    }

    [Fact(Skip = "there is no sh", SkipUnless = nameof(HasShell))]
    public async Task A_build_that_does_not_compile_says_so_with_1_and_is_tried_again()
    {
        _script.Write("build/Broken.cs", "nonsense");

        var (code, output, errors) = await _script.Run("Canary");

        (code, output).ShouldBe((1, ""));
        errors.ShouldContain("error CS");
        errors.ShouldContain("The build in build/ does not compile; see above. Nothing was run.");
        _script.Delete("build/Broken.cs");
        (await _script.Run("Canary")).Output.ShouldBe("ran Canary");
    }

    [Fact(Skip = "there is no sh", SkipUnless = nameof(HasShell))]
    public async Task Two_calls_at_once_compile_once()
    {
        var both = await Task.WhenAll(_script.Run("One"), _script.Run("Two"));

        both.Select(run => run.Output).ShouldBe(["ran One", "ran Two"]);
        both.Count(run => run.Errors.Contains(Compiling, StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact(Skip = "there is no sh", SkipUnless = nameof(HasShell))]
    public async Task Without_an_SDK_it_says_what_is_missing_and_where_to_get_it()
    {
        var (code, _, errors) = await _script.Run("Canary", path: Tools());

        code.ShouldBe(1);
        errors.ShouldContain("There is no 'dotnet' on the PATH. This repository needs the .NET SDK 10.0.");
        errors.ShouldContain("https://dotnet.microsoft.com/download");
    }

    [Fact(Skip = "there is no sh", SkipUnless = nameof(HasShell))]
    public async Task An_SDK_that_fits_is_found_behind_one_that_does_not_and_runs_the_build_from_then_on()
    {
        _script.WriteProgram("tools/dotnet", "[ \"$1\" = --list-sdks ] && echo '8.0.100 [somewhere]'; exit 1");
        _script.WriteProgram(".dotnet/dotnet", $"""
            case $1 in
                --version) echo 10.0.999 ;;
                build) mkdir -p {Path.GetDirectoryName(_script.Build)} && : >{_script.Build} ;;
                *) shift; echo "home ran $*" ;;
            esac
            """);

        (await _script.Run("Canary", folder: _script.Root, path: Tools())).ShouldBe((0, "home ran Canary", Compiling + "\n"));
        (await _script.Run("Again", folder: _script.Root, path: Tools())).ShouldBe((0, "home ran Again", ""));
    }

    [Fact(Skip = "there is no sh", SkipUnless = nameof(HasShell))]
    public async Task Where_no_SDK_fits_it_says_which_there_are()
    {
        _script.WriteProgram("tools/dotnet", "[ \"$1\" = --list-sdks ] && echo '8.0.100 [somewhere]'; exit 1");

        var (code, _, errors) = await _script.Run("Canary", path: Tools());

        code.ShouldBe(1);
        errors.ShouldContain("No fitting .NET SDK is installed (there is: 8.0.100 ). This repository needs the .NET SDK 10.0.");
    }

    [Fact(Skip = "there is no sh", SkipUnless = nameof(HasShell))]
    public async Task A_shell_that_completes_a_word_starts_no_compiler()
    {
        _script.WriteProgram(".dotnet/dotnet", "shift; echo \"ran $*\"");

        (await _script.Run(":complete Can", path: Tools())).ShouldBe((0, "", ""));

        _script.Write(_script.Build, "");
        (await _script.Run(":complete Can", path: Tools())).ShouldBe((0, "ran :complete Can", ""));
    }

    /// <summary>A folder with what the script uses, and no SDK.</summary>
    private string Tools()
    {
        var tools = Directory.CreateDirectory(Path.Combine(_script.Root, "tools")).FullName;
        foreach (var tool in new[] { "dirname", "find", "cksum", "cat", "sed", "head", "mkdir", "tr", "rm", "mv", "cut" })
        {
            if (!File.Exists(Path.Combine(tools, tool)))
                File.CreateSymbolicLink(Path.Combine(tools, tool), File.Exists($"/usr/bin/{tool}") ? $"/usr/bin/{tool}" : $"/bin/{tool}");
        }

        return tools;
    }
}
