using System.Text;
using Tidegate.Pipeline;

namespace Tidegate.Delivery.Tests.Configuration;

/// <summary>FAULTS.md E1, E10: whatever the file is, the answer is a problem with a place, never an exception.</summary>
public sealed class MalformedFileTests
{
    public static TheoryData<string, string, string> Contents => new()
    {
        { "{", "TG1005", "config/delivery.json:1:2" },
        { "{\n  \"service\": \"orders\",\n  \"endpoints\": [,]\n}", "TG1005", "config/delivery.json:3:17" },
        { "{} {}", "TG1005", "config/delivery.json:1:4" },
        { "{ // remark\n}", "TG1005", "config/delivery.json:1:3" },
        { "{\"é\": é}", "TG1005", "config/delivery.json:1:7" },
        { "{\"a\": 0x10}", "TG1005", "config/delivery.json:1:8" },
        { "{\"a\": NaN}", "TG1005", "config/delivery.json:1:7" },
        { "{'a': 1}", "TG1005", "config/delivery.json:1:2" },
        { "{\"a\": 1,}", "TG1005", "config/delivery.json:1:9" },
        { "   ", "TG1005", "config/delivery.json:1:4" },
        { new string('[', 33) + new string(']', 33), "TG1005", "config/delivery.json:1:33" },
        { "{\"a\": \"\0\"}", "TG1004", "config/delivery.json" },
        { "[]", "TG1104", "config/delivery.json $" },
        { "null", "TG1104", "config/delivery.json $" },
        { "\"text\"", "TG1104", "config/delivery.json $" },
        { "{}", "TG1103", "config/delivery.json $" },
        { "{\"\\ud800\": 1}", "TG1103", "config/delivery.json $" },
    };

    [Theory]
    [MemberData(nameof(Contents))]
    public void A_file_that_cannot_be_read_is_told_with_its_place(string content, string code, string where)
    {
        var first = Delivery.Problems(Delivery.Parse(content))[0];

        first.Code.ShouldBe(code);
        first.Where.ShouldBe(where);
        first.NextStep.ShouldNotBeEmpty();
    }

    [Fact]
    public void Cut_off_anywhere_it_is_refused()
    {
        for (var length = 0; length < Delivery.Text.TrimEnd().Length; length += 7)
        {
            Delivery.Problems(Delivery.Parse(Delivery.Text[..length])).ShouldNotBeEmpty($"after {length} characters");
        }
    }

    [Fact]
    public void A_byte_order_mark_is_borne_and_UTF_16_is_refused()
    {
        Delivery.Problems(DeliveryConfiguration.Parse(Encoding.UTF8.GetBytes("\uFEFF" + Delivery.Text), "local")).ShouldBeEmpty();
        foreach (var encoding in new[] { Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            Delivery.Problems(DeliveryConfiguration.Parse((byte[])[.. encoding.Preamble, .. encoding.GetBytes(Delivery.Text)], "local")).ShouldHaveSingleItem().Code.ShouldBe("TG1004");
            Delivery.Problems(DeliveryConfiguration.Parse(encoding.GetBytes(Delivery.Text), "local")).ShouldHaveSingleItem().Code.ShouldBe("TG1004");
        }

        Delivery.Problems(DeliveryConfiguration.Parse((byte[])[0x22, 0xC3, 0x28, 0x22], "local")).ShouldHaveSingleItem().Code.ShouldBe("TG1004");
    }

    [Fact]
    public void A_folder_a_missing_file_a_device_and_a_file_too_large_are_refused()
    {
        using var folder = new TemporaryFolder();
        var large = Path.Combine(folder.Path, "large.json");
        File.WriteAllText(large, Delivery.Text + new string(' ', 1024 * 1024));
        var empty = Path.Combine(folder.Path, "empty.json");
        File.WriteAllText(empty, "");

        Code(folder.Path).ShouldBe("TG1002");
        Code(Path.Combine(folder.Path, "missing.json")).ShouldBe("TG1001");
        Code(Path.Combine(folder.Path, "missing", "delivery.json")).ShouldBe("TG1001");
        Code("").ShouldBe("TG1002");
        Code("a\0b").ShouldBe("TG1002");
        Code(large).ShouldBe("TG1003");
        Code(empty).ShouldBe("TG1002");
        if (OperatingSystem.IsWindows()) return;

        var link = Path.Combine(folder.Path, "link.json");
        File.CreateSymbolicLink(link, "/dev/zero");
        Code("/dev/zero").ShouldBe("TG1002");
        Code(link).ShouldBe("TG1002");

        var loop = Path.Combine(folder.Path, "loop.json");
        File.CreateSymbolicLink(loop, loop);
        Code(loop).ShouldBeOneOf("TG1001", "TG1002");
    }

    [Fact]
    public void A_file_full_of_trouble_is_answered_with_a_hundred_problems_and_a_count()
    {
        var content = "{" + string.Join(',', Enumerable.Range(0, 60_000).Select(i => $"\"member{i}\":0")) + "}";

        var problems = Delivery.Problems(Delivery.Parse(content));

        problems.Count.ShouldBe(101);
        problems[^1].What.ShouldContain("more problems are not listed");
    }

    [Fact]
    public void Random_changes_of_the_file_never_end_in_an_exception()
    {
        var bytes = Encoding.UTF8.GetBytes(Delivery.Text);
        var random = new Random(20260308);
        byte[] likely = [.. "{}[]\":,\\u0d8-.eE019ntf \n/"u8, 0, 0xC3, 0xFF];
        for (var round = 0; round < 3_000; round++)
        {
            var changed = bytes.ToList();
            for (var changes = random.Next(1, 4); changes > 0; changes--)
            {
                var at = random.Next(changed.Count);
                switch (random.Next(4))
                {
                    case 0: changed[at] = likely[random.Next(likely.Length)]; break;
                    case 1: changed.Insert(at, likely[random.Next(likely.Length)]); break;
                    case 2: changed.RemoveRange(at, Math.Min(random.Next(1, 40), changed.Count - at)); break;
                    default: changed.InsertRange(at, changed.GetRange(at, Math.Min(random.Next(1, 200), changed.Count - at))); break;
                }
            }

            var result = DeliveryConfiguration.Parse(changed.ToArray(), "local");

            (result is LoadResult.Loaded || Delivery.Problems(result).Count > 0).ShouldBeTrue();
        }
    }

    private static string Code(string path) => Delivery.Problems(DeliveryConfiguration.Load(path, "local")).ShouldHaveSingleItem().Code;
}
