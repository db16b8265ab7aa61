using System.ComponentModel;
using Nuke.Common;
using Nuke.Common.CI;
using Nuke.Common.CI.GitHubActions;
using Nuke.Common.IO;
using Nuke.Common.Tooling;
using Nuke.Common.Utilities.Collections;
using Serilog;

namespace Users.Deploy;

[TypeConverter(typeof(TypeConverter<Stage>))]
public class Stage : Enumeration
{
    public static Stage Development = new() { Value = "dev" };
    public static Stage Staging = new() { Value = "stg" };
    public static Stage Production = new() { Value = "prd" };
}

public enum Colour
{
    Blue,
    Green,
}

public record Database(string Server, int Port, string[] Replicas);

/// <summary>A deployment: stages, profiles, secrets, steps that must happen whatever fails.</summary>
public class DeployBuild : NukeBuild
{
    public static int Main() => Execute<DeployBuild>(x => x.Deploy);

    [Parameter("Where to deploy to")] readonly Stage Stage = Stage.Development;
    [Parameter("Which half gets the new version")] readonly Colour Colour;
    [Parameter("Services to deploy", Separator = "+")] readonly string[] Services = ["orders", "catalog"];
    [Parameter("How long to wait for health")] readonly TimeSpan HealthTimeout = TimeSpan.FromMinutes(5);
    [Parameter("Instances of each service")] readonly int? Instances;
    [Parameter("Where the database is; from a profile")] readonly Database Database;
    [Parameter("Weights by region; from a profile")] readonly Dictionary<string, int> Weights = [];
    [Parameter("Password of the registry"), Secret, Required] readonly string RegistryPassword;
    [Parameter("A file to deploy beside the services")] readonly AbsolutePath Manifest;
    [Parameter(Name = "dry")] readonly bool NothingIsTouched;
    [Parameter(ValueProviderMember = nameof(Regions))] readonly string Region = "eu";

    [PathVariable("git")] readonly Tool Git;
    [CI] readonly GitHubActions GitHub;

    static IEnumerable<string> Regions => ["eu", "us", "ap"];

    public string Seen => $"{Stage} {Colour} {string.Join(',', Services)} {HealthTimeout} {Instances} {Database?.Server}:{Database?.Port}/{Database?.Replicas.Length} "
        + $"{string.Join(',', Weights.OrderBy(x => x.Key).Select(x => $"{x.Key}={x.Value}"))} {Manifest?.Name} {NothingIsTouched} {Region} {GitHub?.GetType().Name}";

    Target Lock => _ => _
        .Description("Takes the environment")
        .Executes(() => Log.Information("locked {Stage}", Stage));

    Target Backup => _ => _
        .DependsOn(Lock)
        .OnlyWhenStatic(() => Stage == Stage.Production)
        .OnlyWhenStatic(() => !NothingIsTouched)
        .WhenSkipped(DependencyBehavior.Execute)
        .Executes(() => Log.Information("backed up"));

    Target Migrate => _ => _
        .DependsOn(Backup)
        .Requires(() => Database)
        .OnlyWhenDynamic(() => Database.Replicas.Length > 0)
        .Executes(() => ControlFlow.ExecuteWithRetry(() => Log.Information("migrated {Server}", Database.Server), retryAttempts: 2));

    Target Deploy => _ => _
        .Description("Puts the services where they belong")
        .DependsOn(Migrate)
        .Requires(() => Stage)
        .Requires(() => RegistryPassword)
        .Requires(() => Instances == null || Instances > 0)
        .Requires(() => Git)
        .Triggers(Smoke)
        .Executes(() => Services.ForEach(x => Log.Information("deployed {Service}", x)));

    Target Smoke => _ => _
        .After(Deploy)
        .ProceedAfterFailure()
        .Executes(() => Assert.True(Region != "ap", "nobody answers there"));

    Target Notify => _ => _
        .TriggeredBy(Deploy)
        .After(Smoke)
        .AssuredAfterFailure()
        .Executes(() => ReportSummary(_ => _.AddPair("Stage", Stage)));

    Target Unlock => _ => _
        .DependentFor(Notify)
        .After(Lock, Deploy, Smoke)
        .AssuredAfterFailure()
        .Unlisted()
        .Executes(() => Log.Information("unlocked"));

    protected override void OnBuildCreated() => Log.Debug("created for {Stage}", Stage);

    protected override void OnTargetFailed(string target) => Log.Warning("{Target} went wrong", target);
}
