using System.Globalization;
using System.Text.Json.Nodes;
using Tidegate.Pipeline.Declared;

namespace Tidegate.Delivery.Tests.Configuration;

/// <summary>FAULTS.md E2, E3, E6, E11, E12, D6: each value on its own.</summary>
public sealed class FormTests
{
    [Fact]
    public void Every_member_that_is_misspelt_by_one_letter_is_refused_and_the_right_one_is_named()
    {
        var checkedMembers = 0;
        foreach (var path in MemberPaths())
        {
            var tree = Delivery.Tree();
            var (owner, name) = (tree.At(path.Owner).AsObject(), path.Name);
            var misspelt = name.Length > 3 ? name.Remove(name.Length - 2, 1) : name + "x";
            var value = owner[name]!.DeepClone();
            owner.Remove(name);
            owner[misspelt] = value;

            var problems = Delivery.Problems(Delivery.Parse(tree.ToJsonString()));

            problems.ShouldContain(p => p.Code == Code.UnknownMember && p.NextStep.StartsWith($"Did you mean \"{name}\"?"), $"{path.Owner}.{name}");
            checkedMembers++;
        }

        checkedMembers.ShouldBeGreaterThan(150);
    }

    [Theory]
    [InlineData("""{ "name": "live", "name": "live",""")]
    [InlineData("""{ "name": "live", "\u006eame": "live",""")]
    [InlineData("""{ "name": "live", "rule": "readiness",""")]
    public void A_member_that_is_written_twice_is_refused(string twice)
    {
        var problems = Delivery.Problems(Delivery.Parse(Delivery.Text.Replace("""{ "name": "live",""", twice, StringComparison.Ordinal)));

        problems.ShouldContain(p => p.Code == Code.MemberTwice && p.Where.StartsWith("config/delivery.json $.signals[0]."));
    }

    [Fact]
    public void Members_are_told_apart_by_case()
    {
        Delivery.Problems(Delivery.Parse(Delivery.Text.Replace("\"headroom\"", "\"Headroom\"", StringComparison.Ordinal)))
            .ShouldContain(p => p.Code == Code.UnknownMember && p.NextStep.StartsWith("Did you mean \"headroom\"?"));
    }

    [Theory]
    [InlineData("1s")]
    [InlineData("90s")]
    [InlineData("1000ms")]
    [InlineData("15m")]
    [InlineData("2h")]
    [InlineData("3d")]
    [InlineData("30d")]
    [InlineData("720h")]
    public void A_duration_is_a_whole_number_and_a_unit(string written) => Bake(written).ShouldBeEmpty();

    [Theory]
    [InlineData("24:00:00")]
    [InlineData("30")]
    [InlineData("-5m")]
    [InlineData("+5m")]
    [InlineData("1e9h")]
    [InlineData("PT5M")]
    [InlineData("5 m")]
    [InlineData(" 5m")]
    [InlineData("5m ")]
    [InlineData("5M")]
    [InlineData("5min")]
    [InlineData("5 minutes")]
    [InlineData("1h30m")]
    [InlineData("1.5h")]
    [InlineData("1,5h")]
    [InlineData("05m")]
    [InlineData("٥m")]
    [InlineData("５m")]
    [InlineData("5ｍ")]
    [InlineData("m")]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("0s")]
    [InlineData("999ms")]
    [InlineData("31d")]
    [InlineData("60d")]
    [InlineData("721h")]
    [InlineData("999999999d")]
    [InlineData("1000000000s")]
    [InlineData("5µs")]
    [InlineData("1w")]
    [InlineData("5m\n")]
    [InlineData("5\u200bm")]
    public void Any_other_duration_is_refused_with_the_accepted_form(string written)
    {
        var problem = Bake(written).ShouldHaveSingleItem();

        problem.Code.ShouldBe(Code.WrongDuration);
        problem.What.ShouldEndWith("is not a duration from 1s to 30d.");
        problem.NextStep.ShouldContain("90s, 15m, 2h or 3d");
    }

    [Theory]
    [InlineData("\u0435u-west", "U+0435 at 1")]
    [InlineData("eu\u200b-west", "U+200B at 3")]
    [InlineData("ｅu-west", "U+FF45 at 1")]
    [InlineData("eu-west\u212a", "U+212A at 8")]
    [InlineData("eu-west.", "")]
    [InlineData("eu-west ", "")]
    [InlineData("EU-WEST", "")]
    [InlineData("-rf", "")]
    [InlineData("9lives", "")]
    [InlineData("../../etc/cron.d/x", "")]
    [InlineData("%2e%2e", "")]
    [InlineData("; touch /tmp/p", "")]
    [InlineData("$(id)", "")]
    [InlineData("eu\nwest", "")]
    [InlineData("eu-west\n", "")]
    [InlineData("", "")]
    public void A_name_that_only_looks_like_one_is_refused_and_its_strangers_are_shown(string name, string strangers)
    {
        var problem = Delivery.ProblemsWith(t => t.At("profiles.local.environments[3].regions[1]")["name"] = name).First(p => p.Where.EndsWith("regions[1].name"));

        problem.Code.ShouldBe(Code.WrongName);
        problem.What.ShouldContain(strangers);
        problem.ToString().Split(Environment.NewLine).Length.ShouldBe(2);
    }

    [Fact]
    public void A_name_of_64_letters_is_too_long()
    {
        Delivery.ProblemsWith(t => t["service"] = new string('a', 63)).ShouldBeEmpty();
        Delivery.ProblemsWith(t => t["service"] = new string('a', 64)).ShouldHaveSingleItem().Code.ShouldBe(Code.WrongName);
    }

    public static TheoryData<string, string, string> Ranges => new()
    {
        { "profiles.local", "headroom", "number 0 1" },
        { "profiles.local", "attempts", "whole 1 10" },
        { "profiles.local.users[0]", "weight", "whole 0 10000" },
        { "profiles.local.environments[1].regions[0]", "instances", "whole 1 1000" },
        { "profiles.local.environments[1].regions[0]", "requestsPerSecond", "number 0 1000000" },
        { "profiles.local.stages.deployBeta", "steadySamples", "whole 1 100" },
        { "profiles.local.stages.deployBeta", "falseAlarm", "number 0.0001 0.2" },
        { "profiles.local.stages.deployBeta.bake", "maximumFactor", "number 1 100" },
        { "profiles.local.stages.regionWaves.bake", "factor", "number 0.01 10" },
        { "signals[2]", "atMost", "number 0 1" },
        { "signals[2]", "ratio", "number 1 100" },
        { "signals[2]", "failures", "whole 0 1000" },
        { "signals[3]", "milliseconds", "number 1 600000" },
        { "signals[4]", "atMostMebibytes", "number 1 1048576" },
        { "signals[5].steps[0]", "status", "whole 100 599" },
    };

    [Theory]
    [MemberData(nameof(Ranges))]
    public void A_number_is_within_its_range_and_written_as_a_number(string owner, string member, string range)
    {
        var parts = range.Split(' ');
        var (whole, from, to) = (parts[0] == "whole", decimal.Parse(parts[1], CultureInfo.InvariantCulture), decimal.Parse(parts[2], CultureInfo.InvariantCulture));
        var step = whole ? 1 : 0.00001m;

        foreach (var inside in new[] { from, to }) Codes(inside.ToString(CultureInfo.InvariantCulture)).ShouldNotContain(Code.WrongNumber);
        foreach (var outside in new[] { from - step, to + step }) Codes(outside.ToString(CultureInfo.InvariantCulture)).ShouldContain(Code.WrongNumber);
        foreach (var wild in new[] { "2147483648", "-1", "1e400", "-1e400" }) Codes(wild).ShouldContain(Code.WrongNumber);
        foreach (var wrong in new[] { "\"1\"", "\"0,05\"", "true", "null", "[1]", "{}" }) Codes(wrong).ShouldContain(Code.WrongKind);
        if (whole) foreach (var fraction in new[] { "1.5", "2.0", "1e1" }) Codes(fraction).ShouldContain(Code.WrongNumber);

        IEnumerable<string> Codes(string json) => Delivery.ProblemsWith(t => t.At(owner)[member] = JsonNode.Parse(json))
            .Where(p => p.Where.EndsWith($".{owner}.{member}")).Select(p => p.Code);
    }

    [Fact]
    public void A_word_that_is_not_known_is_refused_with_the_nearest()
    {
        var problem = Delivery.ProblemsWith(t => t.At("profiles.local.stages.canary")["reaction"] = "rollback").ShouldHaveSingleItem();

        problem.ToString().ShouldBe(
            "TG1108 config/delivery.json $.profiles.local.stages.canary.reaction: \"rollback\" is not \"rollBack\" or \"ask\"."
            + $"{Environment.NewLine}       Did you mean \"rollBack\"? Known here: rollBack, ask.");
    }

    [Theory]
    [InlineData("signals[1]", "path", "\"health/ready\"")]
    [InlineData("signals[1]", "path", "\"http://elsewhere/health\"")]
    [InlineData("signals[1]", "path", "\"/health ready\"")]
    [InlineData("signals[5].steps[0]", "contains", "\"two\\nlines\"")]
    [InlineData("signals[5].steps[0]", "contains", "\"\"")]
    [InlineData("signals[6].steps[0]", "body", "{\"half\": \"\\ud800\"}")]
    [InlineData("", "endpoints", "[\"get /products\"]")]
    [InlineData("", "endpoints", "[\"GET products\"]")]
    [InlineData("", "about", "\"two\\nlines\"")]
    public void A_text_has_the_form_that_its_place_needs(string owner, string member, string value)
    {
        Delivery.Problems(Delivery.Parse(Replaced(owner, member, value))).ShouldContain(p => p.Code == Code.WrongText && p.NextStep.Length > 0);
    }

    [Fact]
    public void A_program_does_not_begin_with_a_hyphen_and_an_address_is_one()
    {
        foreach (var (rule, member, value) in new[] { ("command", "run", "[\"-rf\", \"/\"]"), ("alerts", "address", "\"file:///etc/passwd\"") })
        {
            var tree = Delivery.Tree();
            tree["signals"]!.AsArray().Add(JsonNode.Parse($$"""{ "name": "extra", "rule": "{{rule}}", "noData": "hold", "{{member}}": {{value}}, "filters": ["a=\"b\""] }"""));

            Delivery.Problems(Delivery.Parse(tree.ToJsonString())).ShouldContain(p => p.Code == Code.WrongText && p.Where.Contains($"$.signals[8].{member}"));
        }
    }

    [Fact]
    public void A_body_with_a_member_twice_is_refused() =>
        Delivery.Problems(Delivery.Parse(Replaced("signals[6].steps[0]", "body", """{ "lines": [{ "sku": 1, "sku": 2 }] }""")))
            .ShouldContain(p => p.Code == Code.MemberTwice && p.Where.EndsWith("$.signals[6].steps[0].body.lines[0].sku"));

    [Fact]
    public void Counts_are_bounded()
    {
        Delivery.ProblemsWith(t => t.At("profiles.local.stages.canary")["shares"] = new JsonArray()).ShouldContain(p => p.Code == Code.WrongCount);
        Delivery.ProblemsWith(t => t["signals"] = new JsonArray()).ShouldContain(p => p.Code == Code.WrongCount);
        Delivery.ProblemsWith(t => t.At("profiles.local.environments[1]")["regions"] = new JsonArray([.. Enumerable.Range(0, 1001).Select(i => new JsonObject { ["name"] = $"r{i}", ["instances"] = 1 })]))
            .ShouldContain(p => p.Code == Code.WrongCount && p.What.Contains("1001"));
    }

    [Fact]
    public void Texts_cannot_begin_a_line_of_their_own()
    {
        foreach (var payload in new[] { "a\n::add-mask::x", "a\r##vso[task.complete]", "\u001b[31mred", "a\u2028::error::x", "a\u0085b" })
        {
            var problems = Delivery.ProblemsWith(t =>
            {
                t.At("signals[0]")["name"] = payload;
                t.At("signals[1]")["path"] = payload;
                t.At("profiles.local")[payload] = payload;
                t.At("profiles.local.stages.deployBeta.floors")[payload] = 5;
            });

            problems.Count.ShouldBeGreaterThan(3);
            foreach (var text in problems.SelectMany(p => new[] { p.Where, p.What, p.NextStep })) text.Any(c => char.IsControl(c) || c is '\u2028' or '\u0085').ShouldBeFalse();
        }
    }

    /// <summary>The sample with one member's value replaced, as text: what a tree of nodes could not hold.</summary>
    private static string Replaced(string owner, string member, string value)
    {
        var tree = Delivery.Tree();
        (owner.Length == 0 ? tree : tree.At(owner))[member] = "REPLACED";
        return tree.ToJsonString().Replace("\"REPLACED\"", value, StringComparison.Ordinal);
    }

    private static IReadOnlyList<Problem> Bake(string written) => Delivery.ProblemsWith(t => t.At("profiles.local.stages.deployAlpha.bake")["first"] = written);

    /// <summary>Every member with a name of ours: not the names that the file chooses itself, nor what is inside a body.</summary>
    private static IEnumerable<(string Owner, string Name)> MemberPaths()
    {
        return Walk(Delivery.Tree(), "");

        static IEnumerable<(string, string)> Walk(JsonNode node, string path)
        {
            if (node is JsonArray array)
            {
                foreach (var (index, item) in array.Index())
                {
                    foreach (var found in Walk(item!, $"{path}[{index}]")) yield return found;
                }
            }
            else if (node is JsonObject owner)
            {
                var ours = !path.EndsWith("profiles") && !path.EndsWith("floors");
                foreach (var (name, value) in owner)
                {
                    if (ours) yield return (path, name);
                    if (name == "body") continue;
                    foreach (var found in Walk(value!, path.Length == 0 ? name : $"{path}.{name}")) yield return found;
                }
            }
        }
    }
}
