using Nuke.Common;
using Nuke.Common.IO;
using Nuke.Common.ProjectModel;
using Nuke.Common.Tooling;
using Nuke.Common.Tools.DotNet;
using Nuke.Common.Tools.Git;
using Nuke.Common.Utilities;
using Nuke.Common.Utilities.Collections;
using Nuke.Common.Utilities.Net;
using Serilog;
using static Nuke.Common.Tools.DotNet.DotNetTasks;

namespace Users.Tools;

/// <summary>Calls of every kind of working part: what compiles here compiles against NUKE. Its targets are for compiling, not for running.</summary>
public class ToolsBuild : NukeBuild
{
    public static int Main() => Execute<ToolsBuild>();

    [PathVariable] readonly Tool Docker;
    [NuGetPackage("dotnet-ef", "dotnet-ef.dll", Framework = "net8.0")] readonly Tool Ef;
    [LocalPath("tools/lint")] readonly Tool Lint;
    [LatestNuGetVersion("Serilog")] [OnDemand] readonly string LatestSerilog;
    [LatestGitHubRelease("acme/app")] [OnDemand] readonly string LatestApp;
    [FileGlobbing("src/**/*.proto")] readonly AbsolutePath[] Contracts;
    [Solution] [Optional] readonly Solution Solution;
    [Parameter] [Secret] readonly string Token;

    Target Processes => _ => _
        .Requires(() => Docker)
        .Executes(() =>
        {
            Docker($"build --tag {"my app"} {RootDirectory}", workingDirectory: RootDirectory, logOutput: false);
            Docker($"login --password {Token:r}");
            Ef?.Invoke($"migrations list", logger: (type, text) => Log.Debug("{Type} {Text}", type, text));
            Lint($"--fix", exitHandler: process => process.AssertWaitForExit());
            ProcessTasks.StartProcess("echo", $"hello {"w o"}").AssertZeroExitCode();
            ProcessTasks.StartShell("echo hello", logOutput: true).AssertWaitForExit();
            var text = GitTasks.Git($"log -1 --format=%H").Select(x => x.Text).First();
            Assert.NotNullOrEmpty(text);
            Assert.HasSingleItem(Solution.GetAllProjects("App").ToList());
            Assert.True(GitTasks.GitHasCleanWorkingCopy() || GitTasks.GitCurrentBranch() == "main");
        });

    Target Commands => _ => _
        .Executes(() =>
        {
            DotNet($"--info");
            DotNetToolRestore();
            DotNetToolInstall(_ => _.SetPackageName("dotnet-ef").SetVersion("8.0.0").EnableGlobal());
            DotNetToolUpdate(_ => _.SetPackageName("dotnet-ef").EnableGlobal());
            DotNetToolUninstall(_ => _.SetPackageName("dotnet-ef").EnableGlobal());
            DotNetNuGetAddSource(_ => _.SetName("feed").SetSource("feed").SetUsername("u").SetPassword(Token));
            DotNetFormat(_ => _.SetProject(Solution).EnableVerifyNoChanges().SetSeverity(DotNetFormatSeverity.warn));
            DotNetMSBuild(_ => _.SetTargetPath(Solution).SetTargets("Restore", "Build").SetConfiguration("Release").SetMaxCpuCount(2).DisableNodeReuse());
            DotNetRun(_ => _.SetProjectFile(RootDirectory / "tools" / "Seed").SetApplicationArguments("--count", "5").EnableNoBuild());
            DotNetClean(_ => _.SetProject(Solution));
            DotNetPublish(_ => _
                .SetProject(Solution.GetProject("App"))
                .SetRuntime("linux-x64")
                .EnableSelfContained()
                .EnablePublishSingleFile()
                .EnablePublishTrimmed()
                .SetProcessWorkingDirectory(RootDirectory)
                .SetProcessEnvironmentVariable("DOTNET_NOLOGO", "1")
                .SetProcessExecutionTimeout(60_000)
                .DisableProcessOutputLogging());
            DotNetTest(_ => _.SetProjectFile(Solution).SetRunSetting("RunConfiguration.MaxCpuCount", 1).AddProcessRedactedSecrets(Token));
            var versions = Solution.AllProjects.Select(x => x.GetProperty("Version")).Concat(Solution.AllProjects.SelectMany(x => x.GetTargetFrameworks()));
            versions.ForEach((x, i) => Log.Information("{Index} {Version}", i, x));
        });

    Target Files => _ => _
        .Requires(() => LatestSerilog)
        .Executes(async () =>
        {
            var directory = TemporaryDirectory / "files";
            directory.CreateOrCleanDirectory();
            (directory / "a.txt").WriteAllText("a").Copy(directory / "b.txt", ExistsPolicy.FileOverwrite).Move(directory / "c.txt");
            (directory / "settings.json").WriteJson(new { Level = 3 }).UpdateJson(x => x["Level"] = 4);
            (directory / "app.xml").WriteXml(new System.Xml.Linq.XDocument(new System.Xml.Linq.XElement("a", new System.Xml.Linq.XAttribute("b", 1))));
            XmlTasks.XmlPoke(directory / "app.xml", "/a/@b", 2);
            Assert.True(XmlTasks.XmlPeekSingle(directory / "app.xml", "/a/@b") == "2");
            directory.ZipTo(TemporaryDirectory / "files.zip", x => !x.HasExtension("xml"), fileMode: FileMode.Create);
            (TemporaryDirectory / "files.zip").UnZipTo(TemporaryDirectory / "out");
            directory.TarGZipTo(TemporaryDirectory / "files.tar.gz", fileMode: FileMode.Create);
            (TemporaryDirectory / "files.tar.gz").UncompressTo(TemporaryDirectory / "out2");
            (directory / "run.sh").TouchFile().SetExecutable();
            await HttpTasks.HttpDownloadFileAsync("http://localhost/file", directory / "file");
            using var client = new HttpClient();
            var response = client.CreateRequest(HttpMethod.Post, "http://localhost/", "hooks").WithBearerAuthentication(Token).WithJsonContent(new { Text = "hi" }).GetResponse();
            response.AssertSuccessfulStatusCode();
            var (owner, name) = "acme/app".Split('/');
            Log.Information("{Owner} {Name} {Count} {Latest}", owner, name, Contracts.Length, LatestApp);
        });
}
