using System.Globalization;
using CsCheck;
using Tidegate.Engine.Telemetry;

namespace Tidegate.Adapters.Tests.Signals;

public sealed class OpenMetricsTextTests
{
    [Fact]
    public void A_services_text_is_read_whole()
    {
        const string text = """
            # HELP http_requests_total Requests: all of them.
            # TYPE http_requests_total counter
            http_requests_total{code="200",method="GET"} 12
            http_requests_total{ code = "500" , method = "GET", } 3 1700000000000

            # a remark
            up 1
            latency_bucket{le="+Inf"} 7 # {trace_id="abc"} 0.67 1520879607.789
            text{value="a \"quoted\" \\ and\na line"} -1.5e-3
            # EOF

            """;

        var samples = Parsed(text);

        samples.Select(s => (s.Name, s.Value)).ShouldBe([("http_requests_total", 12), ("http_requests_total", 3), ("up", 1), ("latency_bucket", 7), ("text", -0.0015)]);
        samples[1].Labels.ShouldBe(new Dictionary<string, string> { ["code"] = "500", ["method"] = "GET" });
        samples[4].Labels["value"].ShouldBe("a \"quoted\" \\ and\na line");
    }

    [Theory]
    [InlineData("NaN", double.NaN)]
    [InlineData("+Inf", double.PositiveInfinity)]
    [InlineData("Inf", double.PositiveInfinity)]
    [InlineData("-Inf", double.NegativeInfinity)]
    [InlineData("1e400", double.PositiveInfinity)]
    [InlineData("+0.5E2", 50)]
    public void What_is_no_finite_number_is_kept_as_it_is(string value, double read) => Parsed($"x {value}\n").ShouldHaveSingleItem().Value.ShouldBe(read);

    [Theory]
    [InlineData("x 1")]
    [InlineData("x\n")]
    [InlineData("x \n")]
    [InlineData("x 1,5\n")]
    [InlineData("x 0x10\n")]
    [InlineData("x 1_000\n")]
    [InlineData("x ∞\n")]
    [InlineData("x Infinity\n")]
    [InlineData("x nan\n")]
    [InlineData("x 1 2 3\n")]
    [InlineData("x 1 later\n")]
    [InlineData("1x 1\n")]
    [InlineData("x-y 1\n")]
    [InlineData("x{a=\"1\"\n")]
    [InlineData("x{a=\"1} 1\n")]
    [InlineData("x{a=1} 1\n")]
    [InlineData("x{a=\"1\" b=\"2\"} 1\n")]
    [InlineData("x{,} 1\n")]
    [InlineData("x{a:b=\"1\"} 1\n")]
    [InlineData("x{a=\"1\",a=\"2\"} 1\n")]
    [InlineData("x{a=\"\\t\"} 1\n")]
    [InlineData("x 1\nx 2\n")]
    [InlineData("x{a=\"1\",b=\"2\"} 1\nx{b=\"2\",a=\"1\"} 1\n")]
    [InlineData("x 1 # 5\n")]
    [InlineData("x 1 # {a=\"1\"}\n")]
    [InlineData("# EOF\nx 1\n")]
    [InlineData("# TYPE x curve\n")]
    [InlineData("# TYPE x\n")]
    [InlineData("# TYPE x gauge\n# TYPE x gauge\n")]
    [InlineData("<html>\n")]
    public void A_text_with_anything_wrong_is_unreadable_as_a_whole(string text) =>
        OpenMetricsText.Parse("good 1\n" + text).ShouldBeOfType<OpenMetricsReading.Unreadable>().Because.ShouldNotBeEmpty();

    [Fact]
    public void An_empty_text_has_no_samples() => Parsed("").ShouldBeEmpty();

    [Fact]
    public void Too_much_is_unreadable()
    {
        var most = string.Concat(Enumerable.Range(0, OpenMetricsText.MostSamples).Select(i => $"x{i} 1\n"));

        Parsed(most).Count.ShouldBe(OpenMetricsText.MostSamples);
        OpenMetricsText.Parse(most + "y 1\n").ShouldBeOfType<OpenMetricsReading.Unreadable>();
        OpenMetricsText.Parse("#" + new string('x', OpenMetricsText.LongestText) + "\n").ShouldBeOfType<OpenMetricsReading.Unreadable>();
    }

    [Fact]
    public void Whatever_is_written_by_the_rules_is_read_back() => Gen.Select(Gen.Double, Gen.String.Array[0, 4], Gen.Bool)
        .Sample((value, labels, blanks) =>
        {
            var written = labels.Select((v, i) => $"l{i}=\"{v.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"");
            var number = double.IsPositiveInfinity(value) ? "+Inf" : double.IsNegativeInfinity(value) ? "-Inf" : value.ToString("R", CultureInfo.InvariantCulture);

            var sample = Parsed($"x{{{string.Join(blanks ? " , " : ",", written)}}}{(blanks ? " \t" : " ")}{number}\n").ShouldHaveSingleItem();

            sample.Value.ShouldBe(value);
            sample.Labels.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => l.Value).ShouldBe(labels);
        }, iter: 5_000);

    [Fact]
    public void Nothing_makes_it_throw()
    {
        string[] pieces = ["x", "{", "}", "a", "=", "\"", "\\", ",", " ", "\t", "\n", "#", " 1", "NaN", "+Inf", "1e9", "# TYPE ", "# EOF", "gauge", "\0", "é", "\ud83d", "-", "."];
        Gen.OneOf(Gen.Int[0, pieces.Length - 1].Select(i => pieces[i]).List[0, 30].Select(string.Concat), Gen.String)
            .Sample(text => OpenMetricsText.Parse(text + "\n").ShouldNotBeNull(), iter: 20_000);
    }

    private static IReadOnlyList<OpenMetricsSample> Parsed(string text) => OpenMetricsText.Parse(text).ShouldBeOfType<OpenMetricsReading.Read>().Samples;
}
