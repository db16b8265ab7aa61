using System.Text.Json.Nodes;
using Tidegate.Gates.Sequential;

namespace Tidegate.Rollouts;

/// <summary>One weighted mean of all evidence (GATE-RELEASE 3.1.2).</summary>
public sealed class MergeVectorTests
{
    public static TheoryData<string> Vectors => ReleaseVectors.About("merge");

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Evidence_is_merged_by_weight_and_the_heaviest_is_accused(string name)
    {
        var (input, expected) = (ReleaseVectors.Vector(name)["input"]!, ReleaseVectors.Vector(name)["expected"]!);
        BudgetWeights.ServiceScope.ShouldBe(input.Number("serviceScope"));
        BudgetWeights.RegionScope.ShouldBe(input.Number("regionScope"));
        var sum = new EvidenceSum();

        foreach (var (signal, weight) in input["weights"]!.AsObject())
        {
            Add(sum, signal, weight!.GetValue<double>(), input)
                .ShouldAgree(expected["parts"]!.Number(signal), $"{name}, {signal}");
        }

        sum.Merged.ShouldAgree(expected.Number("M"), name);
        sum.Parts.Values.Sum().ShouldAgree(expected.Number("M"), name);
        sum.Accused.Name.ShouldBe(expected["accused"]!.GetValue<string>());
        (sum.Merged >= RolloutOptions.Default.Accused).ShouldBe(expected.Flag("rollBack"), name);
    }

    private static double Add(EvidenceSum sum, string signal, double weight, JsonNode input) =>
        input["service"]![signal] is { } service
        ? sum.Add(Kind(signal), signal, weight, service.GetValue<double>(), input["regions"]!.Numbers(signal))
        : sum.Add(Kind(signal), signal, weight, input.Number(signal));

    private static EvidenceKind Kind(string signal) => signal.TrimEnd([.. "0123456789"]) switch
    {
        "endpoint" => EvidenceKind.Endpoints,
        "ready" => EvidenceKind.Readiness,
        var other => Enum.Parse<EvidenceKind>(other, ignoreCase: true),
    };
}
