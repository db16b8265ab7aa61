using Tidegate.Pipeline;
using Tidegate.Testing;

namespace Tidegate.Delivery.Tests.Delivery;

public sealed class ArtifactStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_artifact_that_somebody_has_put_a_link_or_other_bytes_into_is_not_held()
    {
        var store = new ArtifactStore(_folder.Path);
        var workshop = store.Workshop();
        File.WriteAllText(Path.Combine(workshop, "program"), "bytes");
        var digest = store.Take(workshop);
        store.Holds(digest).ShouldBeTrue();
        var link = Path.Combine(store.PathOf(digest), "link");

        File.CreateSymbolicLink(link, "program");
        store.Holds(digest).ShouldBeFalse();

        File.Delete(link);
        store.Holds(digest).ShouldBeTrue();
        File.WriteAllText(Path.Combine(store.PathOf(digest), "program"), "other bytes");
        store.Holds(digest).ShouldBeFalse();
    }
}
