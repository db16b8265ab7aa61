using System.Text.Json.Nodes;
using Tidegate.Gates.Sequential;

namespace Tidegate.Rollouts;

/// <summary>Evidence with planned beginnings, of the service and of regions (GATE-RELEASE 3.1.1 and 3.1.2).</summary>
public sealed class BeginningVectorTests
{
    private static readonly Beginnings Shipped = Beginnings.Of(everyRegion: true);

    public static TheoryData<string> Planned => ReleaseVectors.About("beginnings");

    public static TheoryData<string> Scopes => ReleaseVectors.About("scopes");

    [Theory]
    [MemberData(nameof(Planned))]
    public void Evidence_begins_as_planned_and_a_tail_at_any_other_time(string name)
    {
        var (input, expected) = (ReleaseVectors.Vector(name)["input"]!, ReleaseVectors.Vector(name)["expected"]!);
        var stream = Stream(input, 1);
        var closed = expected["closed"]!.AsArray().Select(c => c!.GetValue<bool>()).ToList();
        foreach (var (t, window) in input.Rows("windows").Index())
        {
            foreach (var begin in input.Rows("begins").Where(b => b.Count("window") == t))
            {
                stream.Service.Begin(begin.Number("mass"));
                stream.Regions[0].Begin(begin.Number("mass"));
            }

            stream.Regions[0].Judge(input.Number("dt"));
            Add(stream, 0, window, input).ShouldBe(closed[t], $"{name}, window {t}");
            stream.Service.Judge(input.Number("dt"));
            stream.Merge();

            var should = expected.Numbers("E")[t];
            stream.Service.Value.ShouldAgree(should, $"{name}, window {t}");
            stream.Regions[0].Value.ShouldAgree(should, $"{name}, window {t}, the region");
        }

        stream.Service.ShouldEnd(expected["end"]!, name);
        stream.Regions[0].ShouldEnd(expected["end"]!, $"{name}, the region");
    }

    [Theory]
    [MemberData(nameof(Scopes))]
    public void Regions_speak_for_themselves_and_together_and_never_pool_their_counts(string name)
    {
        var (input, expected) = (ReleaseVectors.Vector(name)["input"]!, ReleaseVectors.Vector(name)["expected"]!);
        var stream = Stream(input, 2);
        foreach (var ((t, window), should) in input.Rows("windows").Index().Zip(expected.Rows("windows")))
        {
            foreach (var begin in input.Rows("begins").Where(b => b.Count("window") == t))
            {
                var process = begin["region"] is { } r ? stream.Regions[r.GetValue<int>()] : stream.Service;
                process.Begin(begin.Number("mass"));
            }

            var closes = should["closed"]!.AsArray().Select(c => c!.GetValue<bool>()).ToList();
            foreach (var (r, region) in window.AsArray().Index())
            {
                if (region!.Flag("shareChanged")) stream.Drop(r);
                if (region!.Flag("died"))
                {
                    closes[r].ShouldBeFalse();
                    continue;
                }

                stream.Regions[r].Judge(input.Number("dt"));
                Add(stream, r, region!, input).ShouldBe(closes[r], $"{name}, window {t}, region {r}");
            }

            stream.Service.Judge(input.Number("dt"));
            stream.Merge();

            stream.Service.Value.ShouldAgree(should.Number("service"), $"{name}, window {t}");
            stream.Regions.Select(r => r.Value).ToList().ShouldAgree(should.Numbers("regions"), $"{name}, window {t}");
            BudgetWeights.OfScopes(stream.Service.Value, [.. stream.Regions.Select(r => r.Value)])
                .ShouldAgree(should.Number("mean"), name);
        }

        stream.Service.ShouldEnd(expected["service"]!, name);
        foreach (var (r, end) in expected.Rows("regions").Index())
        {
            stream.Regions[r].ShouldEnd(end, $"{name}, region {r}");
        }
    }

    /// <summary>The vector's tail is that of a kind that lasts, or of one that does not.</summary>
    private static PairedStream Stream(JsonNode input, int regions)
    {
        var kind = new[] { EvidenceKind.Errors, EvidenceKind.Journeys }.Single(k =>
            Math.Abs(Shipped.TailOf(k) - input.Number("tail")) < 1e-12);
        return new(kind, "vector", input.Question(), 1, input.Number("closesAt"), regions, 1, Shipped);
    }

    private static bool Add(PairedStream stream, int region, JsonNode window, JsonNode input)
    {
        stream.Add(region, 0, window.Number("n"), window.Number("m"), window.Number("a"), window.Number("b"));
        return stream.Close(region, Tempering.For(input.Number("phi")), 1);
    }
}
