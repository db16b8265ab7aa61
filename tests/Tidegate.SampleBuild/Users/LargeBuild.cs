using Nuke.Common;
using Nuke.Common.IO;
using Nuke.Common.Tooling;
using Nuke.Common.Tools.DotNet;
using Serilog;
using static Nuke.Common.Tools.DotNet.DotNetTasks;

namespace Users.Large;

/// <summary>A product of nine parts: a file for each group, one that ties them together.</summary>
public partial class LargeBuild : NukeBuild
{
    public static int Main() => Execute<LargeBuild>(x => x.Everything);

    [Parameter("Debug or Release")] readonly string Configuration = IsLocalBuild ? "Debug" : "Release";
    [Parameter("Version of the product")] readonly string Version = "3.1.4";
    [Parameter("Certificate to sign with"), Secret] readonly string SigningKey;
    [Parameter("Feed to publish to")] readonly string Feed;
    [Parameter("Skip what is slow")] readonly bool Quick;

    AbsolutePath OutputDirectory => RootDirectory / "output";

    Target Clean => _ => _
        .Description("Empties the output")
        .Before(Restore)
        .Executes(() => OutputDirectory.CreateOrCleanDirectory());

    Target Restore => _ => _
        .Executes(() => DotNetRestore(_ => _.SetProjectFile(RootDirectory / "Product.sln")));

    Target Everything => _ => _
        .Description("All parts, tested and packed")
        .DependsOn(Backend, Frontend, Clients);

    Target Release => _ => _
        .Description("Publishes all parts")
        .DependsOn(Everything)
        .DependsOn(PublishApi, PublishWorker, PublishScheduler, PublishWeb, PublishAdmin, PublishMobile, PublishCli, PublishSdk, PublishInstaller)
        .Requires(() => Feed)
        .Triggers(Tag, Announce);

    Target Tag => _ => _
        .Unlisted()
        .Executes(() => Log.Information("tagged {Version}", Version));

    Target Announce => _ => _
        .After(Tag)
        .ProceedAfterFailure()
        .Executes(() => Log.Information("announced {Version}", Version));

    Target Report => _ => _
        .AssuredAfterFailure()
        .TriggeredBy(Everything)
        .Executes(() => Log.Information("reported"));

    ITargetDefinition Compile(ITargetDefinition _, string part) => _
        .DependsOn(Restore)
        .Executes(() => DotNetBuild(_ => _
            .SetProjectFile(RootDirectory / "src" / part)
            .SetConfiguration(Configuration)
            .SetVersion(Version)
            .EnableNoRestore()));

    ITargetDefinition Test(ITargetDefinition _, Target compile, string part) => _
        .DependsOn(compile)
        .OnlyWhenStatic(() => !Quick)
        .Produces(OutputDirectory / part / "*.trx")
        .Executes(() => DotNetTest(_ => _
            .SetProjectFile(RootDirectory / "tests" / $"{part}.Tests")
            .SetConfiguration(Configuration)
            .EnableNoBuild()));

    ITargetDefinition Pack(ITargetDefinition _, Target test, string part) => _
        .DependsOn(test)
        .Produces(OutputDirectory / part / "*.nupkg")
        .Executes(() => DotNetPack(_ => _
            .SetProject(RootDirectory / "src" / part)
            .SetOutputDirectory(OutputDirectory / part)
            .EnableNoBuild()));

    ITargetDefinition Sign(ITargetDefinition _, Target pack, string part) => _
        .DependsOn(pack)
        .Consumes(pack)
        .Requires(() => SigningKey)
        .Executes(() => Log.Information("signed {Part}", part));

    ITargetDefinition Publish(ITargetDefinition _, Target sign, string part) => _
        .DependsOn(sign)
        .After(Everything)
        .Requires(() => Feed)
        .Executes(() => DotNetNuGetPush(_ => _
            .SetSource(Feed)
            .CombineWith((OutputDirectory / part).GlobFiles("*.nupkg"), (_, v) => _.SetTargetPath(v))));
}
