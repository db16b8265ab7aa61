using System.Text.Json.Nodes;
using Tidegate.Testing;

namespace Tidegate.Delivery.Tests.Configuration;

/// <summary>What somebody sees who made several mistakes at once.</summary>
public sealed class MessageTests
{
    [Fact]
    public void All_problems_are_told_at_once_each_with_its_place_and_what_to_do()
    {
        var problems = Delivery.ProblemsWith(t =>
        {
            Rename(t.At("profiles.local.stages.canary.bake").AsObject(), "first", "frist");
            t.At("signals[2]").AsObject().Remove("atMost");
            t.At("signals[3]").AsObject().Remove("noData");
            t.At("signals[6].steps[0]")["status"] = "201";
            t.At("profiles.local")["headroom"] = 66;
            t.At("profiles.local.environments[1].regions[0]")["name"] = "b\u0435ta-1";
            t.At("profiles.local.environments[3].regions[0]")["instances"] = 0;
            t.At("profiles.local.stages.deployAlpha.signals")[2] = "smok";
            t.At("profiles.local.stages.deployBeta.bake")["first"] = "6 seconds";
            t.At("profiles.local.stages.deployGamma")["environment"] = "gama";
            t.At("profiles.local.stages.canary")["shares"] = new JsonArray(30, 10);
            t.At("profiles.local.stages.regionWaves")["waves"] = JsonNode.Parse("""[["eu-north"], ["eu-west"], ["ap-south"]]""");
            t.At("profiles.local.stages.regionWaves")["reaction"] = "page";
            t.At("profiles.local.users[3]")["method"] = "PSOT";
            t.At("profiles.production.stages.canary.floors")["GET /product"] = 100;
        });

        Approved.Matches("messages", string.Join("\n\n", problems.Select(p => p.ToString().ReplaceLineEndings("\n"))) + "\n");
    }

    private static void Rename(JsonObject owner, string from, string to)
    {
        var value = owner[from]!.DeepClone();
        owner.Remove(from);
        owner[to] = value;
    }
}
