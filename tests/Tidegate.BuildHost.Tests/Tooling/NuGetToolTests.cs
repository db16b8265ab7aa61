using Nuke.Common;
using Nuke.Common.IO;
using Nuke.Common.Tooling;
using Nuke.Common.Tools.DotNet;
using Tidegate.BuildHost.Tests.Support;

namespace Tidegate.BuildHost.Tests.Tooling;

public class ToolMembersBuild : NukeBuild
{
    [NuGetPackage("no.such.package", "tool.dll", Version = "1.0.0")] public readonly Tool Packaged = null!;
    [LocalPath("tools/lint.sh")] public readonly Tool Lint = null!;
    [PathVariable("no-such-program")] public readonly Tool Missing = null!;
    [PathVariable] public readonly Tool Git = null!;

    Target Use => _ => _.Executes(() => Lint($"once"));
    Target Need => _ => _.Requires(() => Missing).Executes(() => { });
    Target NeedPackage => _ => _.Requires(() => Packaged).Executes(() => { });
    Target NeedGit => _ => _.Requires<Nuke.Common.Tools.Git.GitTasks>().Executes(() => { });
}

public sealed class NuGetToolTests : IDisposable
{
    private readonly Repository _repository = new();

    private AbsolutePath Root => _repository.Root;

    public void Dispose() => _repository.Dispose();

    [Fact]
    public void The_version_of_a_tool_is_what_the_restored_project_or_its_file_says()
    {
        _repository.WithFile("assets.json", """
            { "libraries": { "Serilog/4.3.0": {} },
              "project": { "frameworks": { "net10.0": { "downloadDependencies": [ { "name": "dotnet-ef", "version": "[8.0.1, 8.0.1]" } ] } } } }
            """).WithFile("_build.csproj", "<Project><ItemGroup><PackageDownload Include=\"Tool\" Version=\"[1.2.3]\" /></ItemGroup></Project>");

        NuGetPackages.FromAssets(Root / "assets.json", "serilog").ShouldBe("4.3.0");
        NuGetPackages.FromAssets(Root / "assets.json", "Dotnet-EF").ShouldBe("8.0.1");
        NuGetPackages.FromAssets(Root / "assets.json", "other").ShouldBeNull();
        NuGetPackages.FromProject(Root / "_build.csproj", "tool").ShouldBe("1.2.3");
    }

    [Fact]
    public void A_program_of_a_package_is_found_by_name_and_framework()
    {
        _repository.WithFile("tools/net8.0/any/tool.dll", "").WithFile("tools/net9.0/any/tool.dll", "").WithFile("tools/only.exe", "");

        NuGetPackages.Executable(Root, ["tool.dll"], "net9.0").ShouldBe(Root / "tools" / "net9.0" / "any" / "tool.dll");
        NuGetPackages.Executable(Root, ["missing.dll", "only.exe"], null!).ShouldBe(Root / "tools" / "only.exe");
        Should.Throw<FileNotFoundException>(() => NuGetPackages.Executable(Root, ["tool.dll"], null!)).Message.ShouldContain("Say which with Framework");
        Should.Throw<FileNotFoundException>(() => NuGetPackages.Executable(Root, ["missing.dll"], "net9.0")).Message.ShouldContain("has no file 'missing.dll' for net9.0");
    }

    [Fact]
    public void A_tool_that_nobody_requires_may_be_missing_and_one_that_is_required_is_asked_for_before_anything_runs()
    {
        _repository.WithFile("tools/lint.sh", "#!/bin/sh\necho linted $1\n");
        (Root / "tools" / "lint.sh").SetExecutable();

        var used = _repository.Run<ToolMembersBuild>("Use");
        used.ExitCode.ShouldBe(0, used.Errors + used.Output);
        used.Output.ShouldContain("linted once");
        _repository.Run<ToolMembersBuild>("NeedGit").ExitCode.ShouldBe(0);
        var refused = _repository.Run<ToolMembersBuild>("Need NeedPackage");
        refused.ExitCode.ShouldBe(30);
        refused.Errors.ShouldContain("it requires 'Missing', which has no value");
        refused.Errors.ShouldContain("it requires 'Packaged', which has no value");
    }

    [Fact]
    public void A_package_that_was_not_restored_is_named_with_the_line_that_brings_it() =>
        Should.Throw<FileNotFoundException>(() => NuGetToolPathResolver.GetPackageExecutable("no.such.package", "tool.dll", "1.0.0"))
            .Message.ShouldContain("<PackageDownload Include=\"no.such.package\" Version=\"[1.0.0]\" />");

    [Fact]
    public void The_newest_version_is_read_from_what_the_sources_answer()
    {
        const string Answer = """
            { "version": 2, "problems": [], "searchResult": [
              { "sourceName": "one", "packages": [ { "id": "Tool", "version": "1.9.0" }, { "id": "Tool", "version": "1.10.0" }, { "id": "Tool", "version": "2.0.0-rc.1" } ] },
              { "sourceName": "two", "packages": [ { "id": "Toolbox", "version": "9.0.0" } ] } ] }
            """;

        NuGetVersionResolver.Latest("tool", Answer, includePrereleases: false).ShouldBe("1.10.0");
        NuGetVersionResolver.Latest("tool", Answer, includePrereleases: true).ShouldBe("2.0.0-rc.1");
        Should.Throw<InvalidOperationException>(() => NuGetVersionResolver.Latest("other", Answer, includePrereleases: false)).Message.ShouldContain("No package source has 'other'");
    }

    [Fact]
    public void The_newest_release_is_read_from_what_the_server_answers()
    {
        const string Answer = """[ { "tag_name": "v2.0-rc", "prerelease": true }, { "tag_name": "v1.5", "prerelease": false }, { "tag_name": "cli-1.4", "prerelease": false } ]""";

        new LatestGitHubReleaseAttribute("a/b").Latest(Answer).ShouldBe("1.5");
        new LatestGitHubReleaseAttribute("a/b") { IncludePrerelease = true, UseTagName = true }.Latest(Answer).ShouldBe("v2.0-rc");
        new LatestGitHubReleaseAttribute("a/b") { Pattern = "cli-*" }.Latest(Answer).ShouldBe("cli-1.4");
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Settings_of_each_command_become_its_command_line(ToolOptions settings, string expected) => string.Join(' ', ToolArguments.Of(settings)).ShouldBe(expected);

    public static IEnumerable<TheoryDataRow<ToolOptions, string>> Commands() =>
    [
        new(new DotNetRestoreSettings().SetProjectFile("a.sln").EnableLockedMode().SetSources("one", "two"), "restore a.sln --locked-mode --source one --source two"),
        new(new DotNetBuildSettings().SetProjectFile("a.sln").SetConfiguration("Debug").EnableNoRestore().SetVersion("1.2.3"), "build a.sln --configuration Debug --no-restore --property:Version=1.2.3"),
        new(new DotNetTestSettings().SetProjectFile("t.csproj").EnableNoBuild().SetFilter("Category!=Slow").AddLoggers("trx"), "test t.csproj --filter Category!=Slow --logger trx --no-build"),
        new(new DotNetTestSettings().SetProjectFile("t.csproj").SetRunSetting("A.B", 1).SetRunSetting("C", true), "test t.csproj -- A.B=1 C=true"),
        new(new DotNetPackSettings().SetProject("a.sln").SetOutputDirectory("out").EnableIncludeSymbols(), "pack a.sln --include-symbols --output out"),
        new(new DotNetPublishSettings().SetProject("a.csproj").SetRuntime("linux-x64").EnableSelfContained(), "publish a.csproj --runtime linux-x64 --self-contained true"),
        new(new DotNetNuGetPushSettings().SetTargetPath("a.nupkg").SetSource("feed").SetApiKey("hunter2").EnableSkipDuplicate(), "nuget push a.nupkg --api-key hunter2 --skip-duplicate --source feed"),
        new(new DotNetNuGetAddSourceSettings().SetSource("feed").SetName("mine").SetPassword("p").EnableStorePasswordInClearText(), "nuget add source feed --name mine --password p --store-password-in-clear-text"),
        new(new DotNetToolInstallSettings().SetPackageName("dotnet-ef").SetVersion("8.0.0").EnableGlobal(), "tool install dotnet-ef --global --version 8.0.0"),
        new(new DotNetToolUpdateSettings().SetPackageName("dotnet-ef").AddSources("feed"), "tool update dotnet-ef --add-source feed"),
        new(new DotNetToolUninstallSettings().SetPackageName("dotnet-ef").SetToolInstallationPath("tools"), "tool uninstall dotnet-ef --tool-path tools"),
        new(new DotNetToolRestoreSettings(), "tool restore"),
        new(new DotNetFormatSettings().SetProject("a.sln").EnableVerifyNoChanges(), "format a.sln --verify-no-changes"),
        new(new DotNetRunSettings().SetProjectFile("a").EnableNoBuild().SetApplicationArguments("--count", "5"), "run --no-build --project a -- --count 5"),
        new(new DotNetMSBuildSettings().SetTargetPath("a.sln").SetTargets("Restore", "Build").SetMaxCpuCount(2).DisableNodeReuse().SetProperty("X", "a;b"),
            "msbuild a.sln -maxCpuCount:2 -nodeReuse:false -target:Restore;Build -property:X=a%3Bb"),
    ];

    [Fact]
    public void Secrets_of_a_command_are_known() =>
        ToolArguments.SecretsOf(new DotNetNuGetAddSourceSettings().SetPassword("p-1").AddProcessRedactedSecrets("p-2")).ShouldBe(["p-1", "p-2"]);
}
