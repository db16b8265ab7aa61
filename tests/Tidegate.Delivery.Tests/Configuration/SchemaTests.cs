using System.Text.Json.Nodes;
using NJsonSchema;
using Tidegate.Pipeline;

namespace Tidegate.Delivery.Tests.Configuration;

/// <summary>config/delivery.schema.json says to editors what the reader checks.</summary>
public sealed class SchemaTests
{
    private static readonly string File = Path.Combine(Delivery.Root, "config", "delivery.schema.json");

    [Fact]
    public void The_schema_in_the_repository_is_the_one_that_the_reader_writes()
    {
        if (Environment.GetEnvironmentVariable("TIDEGATE_APPROVE") == "1") System.IO.File.WriteAllText(File, DeliverySchema.Write());

        System.IO.File.ReadAllText(File).ReplaceLineEndings("\n")
            .ShouldBe(DeliverySchema.Write(), "Run the test with TIDEGATE_APPROVE=1, and review the difference.");
    }

    [Fact]
    public async Task The_schema_accepts_what_the_reader_accepts()
    {
        var schema = await JsonSchema.FromFileAsync(File, TestContext.Current.CancellationToken);

        schema.Validate(Delivery.Text).ShouldBeEmpty();
        schema.Validate(await System.IO.File.ReadAllTextAsync(Delivery.OwnFile, TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    public static TheoryData<string, string?, string?> Changes => new()
    {
        { "", "srevice", "\"orders\"" },
        { "", "service", null },
        { "", "service", "\"Orders\"" },
        { "", "service", "7" },
        { "", "endpoints", "[\"FETCH /products\"]" },
        { "", "signals", "[]" },
        { "", "profiles", "{}" },
        { "signals[0]", "rule", "\"livenes\"" },
        { "signals[0]", "noData", null },
        { "signals[0]", "path", "\"/health/live\"" },
        { "signals[1]", "path", null },
        { "signals[1]", "path", "\"health\"" },
        { "signals[2]", "atMost", "1.5" },
        { "signals[2]", "atMost", "\"0,01\"" },
        { "signals[2]", "milliseconds", "250" },
        { "signals[5].steps[0]", "method", "\"get\"" },
        { "signals[5].steps[0]", "status", "20" },
        { "profiles.local", "headrom", "0.66" },
        { "profiles.local", "attempts", "0" },
        { "profiles.local", "attempts", "1.5" },
        { "profiles.local", "environments", null },
        { "profiles.local.environments[0]", "ephemeral", "\"yes\"" },
        { "profiles.local.environments[0].regions[0]", "instances", "0" },
        { "profiles.local.environments[0].regions[0]", "instances", null },
        { "profiles.local.users[0]", "weight", "-1" },
        { "profiles.local.stages.canary", "bake", null },
        { "profiles.local.stages.canary", "shares", "[0, 60]" },
        { "profiles.local.stages.canary", "waves", "[[\"eu-north\"]]" },
        { "profiles.local.stages.deployBeta", "shares", "[10]" },
        { "profiles.local.stages.deployBeta", "bake", null },
        { "profiles.local.stages.deployBeta", "reaction", "\"rollback\"" },
        { "profiles.local.stages.deployBeta", "signals", "[]" },
        { "profiles.local.stages.deployBeta.bake", "first", "\"5 m\"" },
        { "profiles.local.stages.deployBeta.bake", "first", "5" },
        { "profiles.local.stages.deployBeta.floors", "products", "5" },
        { "profiles.local.stages.deployBeta.floors", "GET /products", "0" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task What_the_reader_refuses_on_its_own_the_schema_refuses_too(string owner, string? member, string? value)
    {
        var schema = await JsonSchema.FromFileAsync(File, TestContext.Current.CancellationToken);
        var tree = Delivery.Tree();
        var node = (owner.Length == 0 ? tree : tree.At(owner)).AsObject();
        if (value is null) node.Remove(member!);
        else node[member!] = JsonNode.Parse(value);
        var content = tree.ToJsonString();

        Delivery.Problems(Delivery.Parse(content)).ShouldContain(p => p.Code.StartsWith("TG11"));
        schema.Validate(content).ShouldNotBeEmpty();
    }
}
