using System.Text.RegularExpressions;
using Repository = Tidegate.Delivery.Tests.Configuration.Delivery;

namespace Tidegate.Delivery.Tests.Documentation;

/// <summary>What the pages say is what the code does.</summary>
public sealed class DocumentationTests
{
    private const string Begin = "<!-- reference: written by DocumentationTests with TIDEGATE_APPROVE=1 -->\n";
    private const string End = "<!-- end of reference -->";

    private static readonly string Configuration = Path.Combine(Repository.Root, "docs", "configuration.md");
    private static readonly string Problems = Path.Combine(Repository.Root, "docs", "problems.md");

    [Fact]
    public void The_reference_of_the_configuration_is_the_one_that_the_reader_writes()
    {
        var page = File.ReadAllText(Configuration).ReplaceLineEndings("\n");
        var (begin, end) = (page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, page.IndexOf(End, StringComparison.Ordinal));
        if (Environment.GetEnvironmentVariable("TIDEGATE_APPROVE") == "1")
        {
            page = page[..begin] + ReferenceTables.Write() + "\n" + page[end..];
            File.WriteAllText(Configuration, page);
            end = page.IndexOf(End, StringComparison.Ordinal);
        }

        page[begin..end].ShouldBe(ReferenceTables.Write() + "\n", "Run the test with TIDEGATE_APPROVE=1, and review the difference.");
    }

    [Fact]
    public void The_smallest_whole_file_of_the_page_loads()
    {
        var example = Regex.Match(File.ReadAllText(Configuration).ReplaceLineEndings("\n"), "```json\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;

        Repository.Loaded(Repository.Parse(example)).Definition.Service.ShouldBe("shop");
    }

    [Fact]
    public void Every_code_in_the_sources_is_on_the_page_once_and_no_other_is()
    {
        var told = Regex.Matches(File.ReadAllText(Problems), @"^\| (TG\d{4}) \|", RegexOptions.Multiline).Select(m => m.Groups[1].Value).ToList();
        var used = new[] { "src", "build" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories))
            .SelectMany(file => Regex.Matches(File.ReadAllText(file), "\"(TG\\d{4})\"").Select(m => m.Groups[1].Value))
            .ToHashSet();

        used.Count.ShouldBeGreaterThan(60);
        told.ShouldBe(used.Order());
    }

    [Fact]
    public void Every_code_of_the_configuration_is_tried_by_a_test()
    {
        var codes = typeof(Pipeline.Declared.Code).GetFields().ToDictionary(f => f.Name, f => (string)f.GetRawConstantValue()!);
        var tests = string.Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests", "Tidegate.Delivery.Tests", "Configuration"), "*.cs").Select(File.ReadAllText));

        codes.Where(c => !tests.Contains("Code." + c.Key, StringComparison.Ordinal) && !tests.Contains(c.Value, StringComparison.Ordinal)).Select(c => c.Key).ShouldBeEmpty();
    }
}
