using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Tidegate.Packages.Tests;

/// <summary>What README promises to another repository, done in one: packages from a folder, an empty cache, nothing of this clone.</summary>
[Collection(nameof(PackedFeed))]
public sealed class OtherRepositoryTests(PackedFeed feed)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_ten_line_pipeline_of_the_template_takes_a_service_to_its_canary()
    {
        await using var shop = await OtherRepository.WithShopAsync(feed, Token);
        shop.Change("config/delivery.json", Hastened);
        await shop.CommitAsync(Token);

        var (exit, output) = await shop.BuildAsync(Token, "Canary");
        exit.ShouldBe(0, output);
        output.ShouldContain("Canary");
        output.ShouldContain("declares no stage UpgradeDowngradeTest");

        (exit, output) = await shop.BuildAsync(Token, "Canary");
        exit.ShouldBe(0, output);
        output.ShouldNotContain("Compiling the build");
        output.ShouldContain("Nothing to build", customMessage: "what a run leaves behind must not make the working tree look changed");
        output.ShouldContain("already healthy");

        (exit, output) = await shop.BuildAsync(Token, "UpgradeDowngradeTest");
        exit.ShouldBe(30, output);

        (exit, output) = await shop.BuildAsync(Token, "LocalDown");
        exit.ShouldBe(0, output);
    }

    [Fact]
    public async Task A_build_with_targets_of_its_own_takes_only_the_canary_and_the_waves()
    {
        await using var shop = await OtherRepository.WithShopAsync(feed, Token);
        shop.Write(".nuke/parameters.json", "{}");
        shop.Write("build/Build.cs", """
            using Nuke.Common;
            using Nuke.Common.IO;
            using Nuke.Common.Tools.DotNet;
            using Tidegate.Components;

            class Build : NukeBuild, ICanary, IRegionWaves, IOperate
            {
                public static int Main() => Execute<Build>(x => x.Bundle);

                AbsolutePath Service => RootDirectory / "src" / "Shop";

                AbsolutePath Output => RootDirectory / "output";

                AbsolutePath IHazDelivery.Artifact => Output;

                Target Bundle => _ => _
                    .DependentFor<ICanary>(x => x.Canary)
                    .Executes(() =>
                    {
                        DotNetTasks.DotNetPublish(s => s.SetProject(Service / "Shop.csproj").SetOutput(Output / "shop"));
                        File.Copy(Service / "service.json", Output / "service.json", overwrite: true);
                    });
            }

            """);
        shop.Change("config/delivery.json", _ => Delivery("""
            { "name": "production", "regions": [{ "name": "north", "instances": 1 }, { "name": "south", "instances": 1 }] }
            """, """
            "canary": { "environment": "production", "signals": ["live", "ready"], "shares": [10], "bake": { "first": "1s", "sampleEvery": "200ms", "maximumFactor": 60 } },
            "regionWaves": { "environment": "production", "signals": ["live", "ready"], "bake": { "first": "1s", "sampleEvery": "200ms", "maximumFactor": 60 } }
            """));

        var (exit, output) = await shop.BuildAsync(Token, "RegionWaves");
        exit.ShouldBe(0, output);
        output.ShouldContain("wave 2 of 2");

        (exit, output) = await shop.BuildAsync(Token, "LocalDown");
        exit.ShouldBe(0, output);
    }

    [Fact]
    public async Task A_build_that_takes_only_the_gate_judges_an_environment_that_something_else_runs()
    {
        var healthy = true;
        await using var service = await ServiceAsync(() => healthy);
        await using var watcher = OtherRepository.Empty(feed);
        watcher.AddBuildProject();
        watcher.Write("build/Build.cs", """
            using Nuke.Common;
            using Tidegate.Components;

            class Build : NukeBuild, IHazHealthGate
            {
                public static int Main() => Execute<Build>(x => ((IHazHealthGate)x).HealthGate);
            }

            """);
        watcher.Write("config/delivery.json", Delivery($$"""
            { "name": "production", "regions": [{ "name": "north", "instances": 1, "addresses": ["{{service.Urls.Single()}}"] }] }
            """, """
            "regionWaves": { "environment": "production", "signals": ["ready", "front"], "bake": { "first": "1s", "sampleEvery": "200ms", "maximumFactor": 60 } }
            """));

        var (exit, output) = await watcher.RunAsync(Token, "HealthGate");
        exit.ShouldBe(0, output);

        healthy = false;
        (exit, output) = await watcher.RunAsync(Token, "HealthGate");
        exit.ShouldBe(21, output);
        output.ShouldContain("/health/ready answered 503");
    }

    /// <summary>A file with these environments and stages, judged by what any service can show.</summary>
    private static string Delivery(string environment, string stages) => $$"""
        {
          "service": "shop",
          "signals": [
            { "name": "live", "rule": "liveness", "noData": "hold" },
            { "name": "ready", "rule": "readiness", "path": "/health/ready", "noData": "hold" },
            { "name": "front", "rule": "journey", "noData": "fail", "steps": [{ "method": "GET", "path": "/", "contains": "open" }] }
          ],
          "profiles": { "local": { "environments": [{{environment}}], "stages": { {{stages}} } } }
        }
        """;

    /// <summary>The template's bakes are for people who watch; a test looks more often and not as long.</summary>
    private static string Hastened(string delivery) => delivery
        .Replace("\"4s\"", "\"1s\"", StringComparison.Ordinal)
        .Replace("\"2s\"", "\"1s\"", StringComparison.Ordinal)
        .Replace("\"500ms\"", "\"200ms\", \"maximumFactor\": 60", StringComparison.Ordinal)
        .Replace("\"shares\": [10, 30]", "\"shares\": [30]", StringComparison.Ordinal);

    private static async Task<WebApplication> ServiceAsync(Func<bool> healthy)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapGet("/health/ready", () => healthy() ? Results.Ok() : Results.StatusCode((int)HttpStatusCode.ServiceUnavailable));
        app.MapGet("/", () => "open");
        await app.StartAsync(Token);
        return app;
    }
}
