using System.Text.Json;
using Catalog;

namespace Orders.Tests.Settings;

public sealed class ManifestTests
{
    [Fact]
    public async Task The_manifest_starts_the_programs_of_this_repository_and_asks_for_health_where_they_answer_it()
    {
        var text = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "service.json"), TestContext.Current.CancellationToken);
        var manifest = JsonDocument.Parse(text).RootElement;
        var catalog = manifest.GetProperty("dependencies")[0];

        manifest.GetProperty("name").GetString().ShouldBe("orders");
        manifest.GetProperty("version").GetString().ShouldBe(typeof(OrdersService).Assembly.GetName().Version!.ToString(3));
        Run(manifest).ShouldBe(["dotnet", $"orders/{typeof(OrdersService).Assembly.GetName().Name}.dll"]);
        manifest.GetProperty("health").GetProperty("live").GetString().ShouldBe("/health/live");
        manifest.GetProperty("health").GetProperty("ready").GetString().ShouldBe("/health/ready");
        catalog.GetProperty("name").GetString().ShouldBe("catalog");
        catalog.GetProperty("switchedOff").GetBoolean().ShouldBeFalse();
        Run(catalog).ShouldBe(["dotnet", $"catalog/{typeof(CatalogService).Assembly.GetName().Name}.dll"]);
    }

    private static IEnumerable<string?> Run(JsonElement program) => program.GetProperty("run").EnumerateArray().Select(word => word.GetString());
}
