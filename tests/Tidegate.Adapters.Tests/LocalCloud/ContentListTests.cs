using Tidegate.LocalCloud.Contract;

namespace Tidegate.Adapters.Tests.LocalCloud;

public sealed class ContentListTests
{
    private static readonly ContentList Approved = new([new("run", "app", "11"), new("file", "data/a b.txt", "22")]);

    public static TheoryData<ContentList, string?> Others => new()
    {
        { new([new("run", "app", "11"), new("file", "data/a b.txt", "22")]), null },
        { new([new("run", "app", "33"), new("file", "data/a b.txt", "22")]), "app was changed" },
        { new([new("file", "app", "11"), new("file", "data/a b.txt", "22")]), "app was changed" },
        { new([new("run", "app", "11")]), "data/a b.txt is missing" },
        { new([new("run", "app", "11"), new("file", "app.log", "44"), new("file", "data/a b.txt", "22")]), "app.log was added" },
        { new([new("run", "app", "33"), new("file", "app.log", "44")]), "data/a b.txt is missing, and 2 more" },
    };

    [Theory]
    [MemberData(nameof(Others), DisableDiscoveryEnumeration = true)]
    public void What_differs_is_named(ContentList other, string? difference) => Approved.Difference(other).ShouldBe(difference);

    [Fact]
    public void A_list_that_was_written_down_is_read_again_and_anything_else_is_not()
    {
        ContentList.Parse(Approved.ToString())!.Digest.ShouldBe(Approved.Digest);
        ContentList.Parse("tidegate-artifact-1\nrun app\n").ShouldBeNull();
        ContentList.Parse("something else").ShouldBeNull();
    }
}
