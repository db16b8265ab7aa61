using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tidegate.Delivery.Tests.Configuration;

/// <summary>FAULTS.md E13, E14: verdicts are bound to the configuration in effect.</summary>
public sealed class DigestTests
{
    private static readonly JsonSerializerOptions Spacious = new() { WriteIndented = true, IndentSize = 7 };
    private static readonly string Written = Digest(_ => { });

    [Fact]
    public void Order_of_members_spaces_remarks_and_written_out_defaults_do_not_count()
    {
        Digest(t => t["about"] = "other words").ShouldBe(Written);
        Digest(t => t.At("profiles.local")["attempts"] = 2).ShouldBe(Written);
        Digest(t => t.At("profiles.local.stages.deployAlpha.bake")["warmUp"] = "0ms").ShouldBe(Written);
        Digest(t => Reverse(t)).ShouldBe(Written);
        Delivery.Loaded(Delivery.Parse(Delivery.Tree().ToJsonString(Spacious))).Definition.Digest.ShouldBe(Written);
    }

    [Fact]
    public void The_other_profile_does_not_count()
    {
        Digest(t => t.At("profiles.production")["attempts"] = 3).ShouldBe(Written);
        Delivery.Loaded(Delivery.Parse(Delivery.Text, "production")).Definition.Digest.ShouldNotBe(Written);
    }

    [Fact]
    public void Every_setting_counts()
    {
        Digest(t => t.At("profiles.local")["attempts"] = 3).ShouldNotBe(Written);
        Digest(t => t.At("signals[2]")["atMost"] = 0.011).ShouldNotBe(Written);
        Digest(t => t.At("signals[6].steps[0].body.lines[0]")["quantity"] = 2).ShouldNotBe(Written);
        Digest(t => t.At("profiles.local.stages.canary.floors").AsObject().Remove("GET /products")).ShouldNotBe(Written);
        Digest(t => t.At("profiles.local.environments[3].regions[0]")["requestsPerSecond"] = 21).ShouldNotBe(Written);
    }

    private static string Digest(Action<JsonObject> change) => Delivery.Loaded(Delivery.With(change)).Definition.Digest;

    /// <summary>Every object's members in the other order, bodies aside: what is sent is sent as it is written.</summary>
    private static void Reverse(JsonNode node)
    {
        switch (node)
        {
            case JsonArray array:
                foreach (var item in array) if (item is not null) Reverse(item);
                break;
            case JsonObject owner:
                var members = owner.Reverse().ToList();
                owner.Clear();
                foreach (var (name, value) in members)
                {
                    owner[name] = value;
                    if (value is not null && name != "body") Reverse(value);
                }

                break;
        }
    }
}
