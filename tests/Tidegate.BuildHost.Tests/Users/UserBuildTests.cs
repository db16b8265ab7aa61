using System.Linq.Expressions;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Nuke.Common;
using Nuke.Components;
using Tidegate.BuildHost.Parameters;
using Tidegate.BuildHost.Tests.Support;
using Users.Components;
using Users.Deploy;
using Users.Large;
using Users.Library;
using Users.Services;
using Users.Tools;

namespace Tidegate.BuildHost.Tests.Users;

/// <summary>Builds as NUKE's users write them compile against this host, and give the recorded help, plans and parameters.</summary>
public sealed partial class UserBuildTests : IDisposable
{
    private const string Solution = """
        <Solution>
          <Project Path="tests/App.Tests/App.Tests.csproj" />
          <Project Path="src/App/App.csproj" />
        </Solution>
        """;

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    private readonly Repository _repository = new Repository()
        .WithFile("Library.slnx", Solution)
        .WithFile("CHANGELOG.md", "# Changes\n\n## [Unreleased]\n- something new\n")
        .WithFile(".git/HEAD", "ref: refs/heads/main\n")
        .WithFile(".git/refs/heads/main", "0123456789012345678901234567890123456789\n")
        .WithFile(".git/config", "[remote \"origin\"]\n\turl = https://github.com/acme/components\n");

    public static TheoryData<string> Builds => ["Library", "Components", "Deploy", "Services", "Large", "Tools"];

    public static TheoryData<string, string> Plans => new()
    {
        { "Library", "" },
        { "Library", "Clean Publish --nuget-api-key hunter2 --configuration release" },
        { "Library", "Publish" },
        { "Library", "Changelog Test --skip Restore" },
        { "Components", "" },
        { "Components", "Publish Clean --public-nuget-api-key hunter2 --nuget-source local" },
        { "Components", "Publish --public-nuget-api-key hunter2 --skip" },
        { "Deploy", "--registry-password hunter2 --profile staging" },
        { "Deploy", "Deploy --registry-password hunter2 --profile staging production" },
        { "Deploy", "Deploy" },
        { "Services", "--service orders" },
        { "Services", "Push Announce --service orders --registry-user u --registry-password hunter2" },
        { "Services", "Push" },
        { "Large", "" },
        { "Large", "--quick" },
        { "Large", "Release Clean --feed local --signing-key hunter2" },
        { "Large", "Release PackApi --skip Everything" },
        { "Tools", "Commands" },
    };

    public void Dispose() => _repository.Dispose();

    [Theory]
    [MemberData(nameof(Builds))]
    public void The_help_is_as_recorded(string build)
    {
        var run = Run(build, "--help");

        run.ExitCode.ShouldBe(0, run.Errors);
        OwnPart(run.Output).ShouldBeAsApproved($"{build}.help.txt");
    }

    [Theory]
    [MemberData(nameof(Builds))]
    public void The_parameters_are_as_recorded(string build)
    {
        Run(build, "--generate-schema").ExitCode.ShouldBe(0);

        var schema = JsonNode.Parse(File.ReadAllText(Path.Combine(_repository.Root, ".nuke", "build.schema.json")))!["properties"]!.AsObject();
        foreach (var name in BuiltIns.Names)
            schema.Remove(name);
        schema.ToJsonString(Readable).ShouldBeAsApproved($"{build}.parameters.json");
    }

    [Theory]
    [MemberData(nameof(Builds))]
    public void The_plans_are_as_recorded(string build)
    {
        WithProfiles();
        var plans = Plans.Select(row => row.Data).Where(row => row.Item1 == build).Select(row =>
        {
            var run = Run(build, $"{row.Item2} --plan");
            var said = $"{run.Output}{run.Errors}".Replace(_repository.Root, "<root>", StringComparison.Ordinal);
            said.ShouldNotContain("hunter2");
            return $"> {row.Item2}\n\n{Times().Replace(said, "<time> ")}\nexit code {run.ExitCode}\n";
        });

        string.Join("\n", plans).ShouldBeAsApproved($"{build}.plans.txt");
    }

    [Fact]
    public void Values_come_from_profiles_as_objects_lists_and_dictionaries_and_the_command_line_beats_them()
    {
        WithProfiles();

        var run = Run("Deploy", "Lock --registry-password hunter2 --profile staging production --services orders+mail --health-timeout 00:01:00 --manifest a/b.yml --dry");

        run.ExitCode.ShouldBe(0, run.Errors);
        ((DeployBuild)run.Build).Seen.ShouldBe("prd Green orders,mail 00:01:00 3 db.prod:5433/2 eu=3,us=2 b.yml True us ");
    }

    [Fact]
    public void A_failed_step_lets_the_assured_ones_run_and_fails_the_build()
    {
        WithProfiles();

        var run = Run("Deploy", "Deploy --registry-password hunter2 --profile staging --region ap");

        run.Statuses.ShouldBe("Lock:Succeeded Backup:Skipped Migrate:Succeeded Deploy:Succeeded Smoke:Failed Unlock:Succeeded Notify:Succeeded");
        run.ExitCode.ShouldBe(1);
        run.Output.ShouldContain("nobody answers there");
        run.Output.ShouldContain("// Stage: stg");
        run.Output.ShouldNotContain("hunter2");
    }

    [Fact]
    public void A_context_is_set_up_before_and_cleaned_up_after()
    {
        var run = Run("Services", "Journey --service orders");

        run.Statuses.ShouldBe("StartDatabase:Succeeded Migrations:Succeeded Journey:Succeeded StopDatabase:Succeeded");
    }

    private void WithProfiles() => _repository
        .WithFile(".nuke/parameters.json", """{ "$schema": "./build.schema.json" }""")
        .WithFile(".nuke/parameters.staging.json", """
            { "Stage": "Staging", "Colour": "Green", "Instances": 2, "Region": "us",
              "Database": { "Server": "db.staging", "Port": 5432, "Replicas": ["r1"] }, "Weights": { "eu": 1 } }
            """)
        .WithFile(".nuke/parameters.production.json", """
            { "Stage": "Production", "Instances": 3,
              "Database": { "Server": "db.prod", "Port": 5433, "Replicas": ["r1", "r2"] }, "Weights": { "eu": 3, "us": 2 } }
            """);

    private BuildRun Run(string build, string arguments) => build switch
    {
        "Library" => Run<LibraryBuild>(arguments, x => Target(x, "Compile")),
        "Components" => Run<ComponentsBuild>(arguments, x => ((IPack)x).Pack),
        "Deploy" => Run<DeployBuild>(arguments, x => Target(x, "Deploy")),
        "Services" => Run<ServicesBuild>(arguments, x => Target(x, "Everything")),
        "Large" => Run<LargeBuild>(arguments, x => Target(x, "Everything")),
        _ => Run<ToolsBuild>(arguments),
    };

    private BuildRun Run<T>(string arguments, params Expression<Func<T, Target>>[] defaults)
        where T : NukeBuild, new() => _repository.Run(arguments, defaults);

    /// <summary>What is the same for every build is recorded nowhere.</summary>
    private static string OwnPart(string help) => help[..help.IndexOf("  --target ", StringComparison.Ordinal)].TrimEnd() + "\n";

    [GeneratedRegex(@"^\d\d:\d\d:\d\d ", RegexOptions.Multiline)]
    private static partial Regex Times();

    // Users' targets are private; only their own Main can name them.
    private static Target Target(NukeBuild build, string name) =>
        (Target)build.GetType().GetProperty(name, System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic)!.GetValue(build)!;
}
