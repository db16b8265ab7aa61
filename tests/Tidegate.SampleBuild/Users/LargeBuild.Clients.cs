using Nuke.Common;

namespace Users.Large;

public partial class LargeBuild
{
    Target Clients => _ => _
        .DependsOn(PackCli, PackSdk, PackInstaller);

    Target CompileCli => _ => Compile(_, "Cli");
    Target TestCli => _ => Test(_, CompileCli, "Cli");
    Target PackCli => _ => Pack(_, TestCli, "Cli");
    Target SignCli => _ => Sign(_, PackCli, "Cli");
    Target PublishCli => _ => Publish(_, SignCli, "Cli");

    Target CompileSdk => _ => Compile(_, "Sdk");
    Target TestSdk => _ => Test(_, CompileSdk, "Sdk");
    Target PackSdk => _ => Pack(_, TestSdk, "Sdk");
    Target SignSdk => _ => Sign(_, PackSdk, "Sdk");
    Target PublishSdk => _ => Publish(_, SignSdk, "Sdk");

    Target CompileInstaller => _ => Compile(_, "Installer");
    Target TestInstaller => _ => Test(_, CompileInstaller, "Installer");
    Target PackInstaller => _ => Pack(_, TestInstaller, "Installer");
    Target SignInstaller => _ => Sign(_, PackInstaller, "Installer");
    Target PublishInstaller => _ => Publish(_, SignInstaller, "Installer");
}
