using Nuke.Common;
using Nuke.Common.CI;
using Nuke.Common.IO;
using Tidegate.BuildHost.Tests.Support;

namespace Tidegate.BuildHost.Tests.Parameters;

public class AttributeBuild : NukeBuild
{
    [Partition(3)] public readonly Partition Part = null!;
    [FileGlobbing("src/**/*.proto")] public readonly AbsolutePath[] Contracts = [];
    [DirectoryGlobbing("src/*")] public readonly IReadOnlyCollection<AbsolutePath> Services = [];

    Target Go => _ => _.Executes(() => { });
}

public sealed class AttributeTests : IDisposable
{
    private readonly Repository _repository = new Repository().WithFile("src/orders/a.proto", "").WithFile("src/catalog/b.proto", "").WithFile("src/catalog/c.txt", "");

    public void Dispose() => _repository.Dispose();

    [Theory]
    [InlineData("Go", "1/1", "a b c d")]
    [InlineData("Go --part 2", "2/3", "b")]
    [InlineData("Go --part 1", "1/3", "a d")]
    public void A_partition_is_the_given_share_or_everything(string arguments, string part, string share)
    {
        var build = (AttributeBuild)_repository.Run<AttributeBuild>(arguments).Build;

        build.Part.ToString().ShouldBe(part);
        string.Join(' ', build.Part.GetCurrent(["a", "b", "c", "d"])).ShouldBe(share);
    }

    [Theory]
    [InlineData("Go --part 4", "there is no part 4 of 3")]
    [InlineData("Go --part 0", "there is no part 0 of 3")]
    [InlineData("Go --part 1/3", "'1/3' is not a whole number")]
    public void A_share_that_cannot_be_is_refused(string arguments, string why)
    {
        var run = _repository.Run<AttributeBuild>(arguments);

        run.ExitCode.ShouldBe(30);
        run.Errors.ShouldContain(why);
    }

    [Fact]
    public void Files_and_folders_are_found_by_the_patterns_of_the_attribute_or_of_the_command_line()
    {
        var build = (AttributeBuild)_repository.Run<AttributeBuild>("Go").Build;
        build.Contracts.Select(file => file.Name).ShouldBe(["a.proto", "b.proto"], ignoreOrder: true);
        build.Services.Select(folder => folder.Name).ShouldBe(["catalog", "orders"], ignoreOrder: true);

        ((AttributeBuild)_repository.Run<AttributeBuild>("Go --contracts **/*.txt").Build).Contracts.ShouldHaveSingleItem().Name.ShouldBe("c.txt");
    }
}
