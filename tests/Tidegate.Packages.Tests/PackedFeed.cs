using Tidegate.Testing;

namespace Tidegate.Packages.Tests;

/// <summary>A folder of packages as they are made, and an empty package cache of its own: shared by all tests of a run.</summary>
public sealed class PackedFeed : IAsyncLifetime
{
    private static readonly string[] Projects = ["Tidegate.BuildHost", "Tidegate.Components.Package", "Tidegate.Templates"];

    private readonly TemporaryFolder _folder = new();

    /// <summary>Of no other run: a package that some cache has already cannot be the one that is tested.</summary>
    public string Version { get; } = $"0.0.0-test.{Environment.ProcessId}.{Environment.TickCount64}";

    public string Folder => _folder["feed"];

    /// <summary>Where packages of this feed are unpacked, and nothing else.</summary>
    public string Cache => _folder["cache"];

    /// <summary>Where <c>dotnet new</c> knows this feed's templates.</summary>
    public string Templates => _folder["templates"];

    /// <summary>Third-party packages that were restored before, so that nothing is fetched for a test that a build has fetched already.</summary>
    public string Others { get; private set; } = "";

    public string Package(string id, string extension = "nupkg") => Path.Combine(Folder, $"{id}.{Version}.{extension}");

    public async ValueTask InitializeAsync()
    {
        var cancellationToken = CancellationToken.None;
        Directory.CreateDirectory(Folder);
        foreach (var project in Projects)
        {
            var (exit, output) = await Command.PackAsync(project, Folder, cancellationToken, $"--property:PackageVersion={Version}");
            exit.ShouldBe(0, output);
        }

        var told = await Command.OutputAsync("dotnet", Repository.Root, cancellationToken, "nuget", "locals", "global-packages", "--list");
        Others = told.Split(':', 2)[1].Trim();
        await Command.OutputAsync("dotnet", _folder.Path, cancellationToken, "new", "install", Package("Tidegate.Templates"), "--debug:custom-hive", Templates);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}

[CollectionDefinition(nameof(PackedFeed))]
public sealed class PackedFeedCollection : ICollectionFixture<PackedFeed>;
