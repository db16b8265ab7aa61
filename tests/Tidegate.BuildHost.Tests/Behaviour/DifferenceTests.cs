namespace Tidegate.BuildHost.Tests.Behaviour;

public class DifferenceTests
{
    /// <summary>The rows of the tables that are meant to differ are what the page for users lists, word for word.</summary>
    [Fact]
    public void Every_difference_from_NUKE_in_the_tables_is_told_in_the_page_for_users()
    {
        var page = File.ReadAllText(Path.Combine(RepositoryRoot(), "docs", "buildhost.md"));

        var untold = TargetTable.Rows.Concat(ExecutionTable.Rows).Concat(CommandLineTable.Rows)
            .Select(row => row.Differs).OfType<string>().Where(difference => !page.Contains(difference, StringComparison.Ordinal));

        untold.ShouldBeEmpty();
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Solution.sln")))
            folder = folder.Parent;
        return folder.FullName;
    }
}
