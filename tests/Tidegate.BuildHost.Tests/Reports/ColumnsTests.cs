using Tidegate.BuildHost.Reports;

namespace Tidegate.BuildHost.Tests.Reports;

public class ColumnsTests
{
    private static readonly (string, string)[] Rows = [("--short", "one two three four five six seven eight"), ("--much-longer", "said\nin two lines")];

    [Fact]
    public void In_a_pipe_only_given_breaks_are_kept() =>
        Columns.Of(Rows, indent: 2, width: null).ReplaceLineEndings("\n").ShouldBe("""
              --short         one two three four five six seven eight
              --much-longer   said
                              in two lines

            """.ReplaceLineEndings("\n"));

    [Fact]
    public void On_a_terminal_lines_are_broken_between_words_below_their_column() =>
        Columns.Of(Rows, indent: 2, width: 40).ReplaceLineEndings("\n").ShouldBe("""
              --short         one two three four
                              five six seven eight
              --much-longer   said
                              in two lines

            """.ReplaceLineEndings("\n"));

    [Fact]
    public void A_terminal_that_is_too_narrow_for_that_gets_the_lines_whole() =>
        Columns.Of(Rows, indent: 2, width: 30).ShouldContain("one two three four five six seven eight");

    [Fact]
    public void A_word_that_is_too_long_stays_whole() =>
        Columns.Broken("see https://example.org/a/very/long/address now", 10).ShouldBe(["see", "https://example.org/a/very/long/address", "now"]);
}
