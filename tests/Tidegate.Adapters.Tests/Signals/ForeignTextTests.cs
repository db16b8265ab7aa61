using CsCheck;
using Tidegate.Signals;

namespace Tidegate.Adapters.Tests.Signals;

/// <summary>FAULTS E9: foreign text in our output commands nobody.</summary>
public sealed class ForeignTextTests
{
    private static readonly string[] Pieces = ["::", ":", "#", "##", "vso[", "[", "\n", "\r", "\u001b", "\ud800", "x"];

    [Theory]
    [InlineData("plain text: fine", "plain text: fine")]
    [InlineData("::add-mask::x", ": :add-mask: :x")]
    [InlineData(":::: ", ": : : : ")]
    [InlineData("##vso[task.complete]", "## vso[task.complete]")]
    [InlineData("##VSO[x]##[error]", "## VSO[x]## [error]")]
    [InlineData("a\r\nEXIT 0\t\u001b[2J", "a\\r\\nEXIT 0\\t\\u001b[2J")]
    [InlineData("\u202eback\u200b\u2028", "\\u202eback\\u200b\\u2028")]
    public void A_command_is_taken_apart_and_what_cannot_be_seen_is_written_out(string foreign, string line) => ForeignText.Line(foreign).ShouldBe(line);

    [Fact]
    public void The_end_of_a_text_is_kept_where_the_end_matters()
    {
        ForeignText.LastLines(new string('a', 300) + "why\n").ShouldBe("…" + new string('a', 197) + "why");
        ForeignText.LastLines("  short\n").ShouldBe("short");
    }

    [Fact]
    public void Whatever_comes_in_is_one_short_line_without_commands() => Gen.OneOf(
            Gen.String,
            Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]).List[0, 40].Select(string.Concat),
            Gen.Char.Array[0, 400].Select(c => new string(c)))
        .Sample(text =>
        {
            foreach (var line in new[] { ForeignText.Line(text), ForeignText.LastLines(text) })
            {
                line.ShouldNotContain("::");
                line.ShouldNotContain("##[");
                line.ShouldNotContain("##vso[", Case.Insensitive);
                line.ShouldAllBe(c => !char.IsControl(c) && !char.IsSurrogate(c));
                line.Length.ShouldBeLessThanOrEqualTo(ForeignText.Longest + 2);
            }
        }, iter: 2_000);
}
