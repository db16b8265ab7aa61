using Nuke.Common;
using Nuke.Common.Git;
using Nuke.Common.IO;
using Nuke.Common.Tooling;
using Nuke.Common.Tools.DotNet;
using Nuke.Components;
using Serilog;

namespace Users.Services;

/// <summary>Components that a company shares between its builds.</summary>
public interface IHazService : INukeBuild
{
    [Parameter("Name of the service")] [Required] string Service => TryGetValue(() => Service);

    AbsolutePath ServiceDirectory => RootDirectory / "services" / Service;
}

[ParameterPrefix(nameof(Registry))]
public interface IHazRegistry : INukeBuild
{
    [Parameter("Address of the registry")] string Address => TryGetValue(() => Address) ?? "localhost:5000";

    [Parameter("User of the registry")] string User => TryGetValue(() => User);

    [Parameter("Password of the registry"), Secret] string Password => TryGetValue(() => Password);
}

public abstract class Registry;

public interface IImage : IHazService, IHazRegistry
{
    [Parameter("Tags of the image")] string[] Tags => TryGetValue(() => Tags) ?? ["latest"];

    Target Image => _ => _
        .Description("Makes the image")
        .TryDependsOn<ICompile>()
        .Executes(() => Log.Information("image {Service}:{Tags}", Service, string.Join(',', Tags)));

    Target Push => _ => _
        .Description("Pushes the image")
        .DependsOn(Image)
        .Requires(() => User)
        .Requires(() => Password)
        .Executes(() => Log.Information("pushed to {Address}", Address));
}

public interface IMigrations : IHazService
{
    [Parameter("Version to go to")] int? To => TryGetValue<int?>(() => To);

    Target Migrations => _ => _
        .TryAfter<IImage>(x => x.Image)
        .TryBefore<IImage>(x => x.Push)
        .Executes(() => Log.Information("migrations to {To}", To));
}

public interface IDatabase : INukeBuild
{
    Setup StartDatabase => _ => _
        .Executes(() => Log.Information("database started"));

    Cleanup StopDatabase => _ => _
        .Executes(() => Log.Information("database stopped"));
}

/// <summary>What all builds of the company have.</summary>
public abstract class CompanyBuild : NukeBuild
{
    [Parameter("Ticket that asked for this")] protected readonly string Ticket;

    protected virtual Target Announce => _ => _
        .Description("Tells the channel")
        .Executes(() => Log.Information("announced {Ticket}", Ticket));

    protected virtual Target Audit => _ => _
        .Unlisted()
        .Executes(() => Log.Information("audited"));
}

public class ServicesBuild : CompanyBuild, IImage, IMigrations, IDatabase
{
    public static int Main() => Execute<ServicesBuild>(x => x.Everything);

    protected override Target Announce => _ => _
        .Base()
        .DependsOn(Audit)
        .After<IImage>(x => x.Push)
        .Description("Tells the channel and the ticket");

    Target Journey => _ => _
        .DependsOnContext<IDatabase>()
        .DependsOn<IMigrations>()
        .Executes(() => Log.Information("journey"));

    Target Everything => _ => _
        .DependsOn<IImage>(x => x.Image)
        .DependsOn(Journey, Announce);

    Target IImage.Push => _ => _
        .Inherit<IImage>(x => x.Push)
        .DependsOn(Journey);
}
