using Tidegate.Testing;

namespace Tidegate.Packages.Tests;

/// <summary>A repository that has nothing of this one but its packages.</summary>
public sealed class OtherRepository : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly PackedFeed _feed;
    private readonly Dictionary<string, string?> _environment;

    private OtherRepository(PackedFeed feed)
    {
        _feed = feed;
        _environment = new() { ["NUGET_PACKAGES"] = feed.Cache };
        Write("NuGet.config", $"""
            <configuration>
              <packageSources>
                <add key="tidegate-under-test" value="{feed.Folder}" />
              </packageSources>
              <fallbackPackageFolders>
                <add key="restored-before" value="{feed.Others}" />
              </fallbackPackageFolders>
            </configuration>
            """);
    }

    public string Root => _folder.Path;

    /// <summary>An empty repository, but for where its packages come from.</summary>
    public static OtherRepository Empty(PackedFeed feed) => new(feed);

    /// <summary>An ASP.NET Core service as <c>dotnet new web</c> makes it, with health endpoints, and the files of <c>dotnet new tidegate</c>.</summary>
    public static async Task<OtherRepository> WithShopAsync(PackedFeed feed, CancellationToken cancellationToken)
    {
        var repository = new OtherRepository(feed);
        repository.Write(".gitignore", "bin/\nobj/\n/output/\n");
        repository.Write("Shop.slnx", """<Solution><Project Path="src/Shop/Shop.csproj" /></Solution>""");
        repository.Write("src/Shop/Shop.csproj", """
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
            </Project>
            """);
        repository.Write("src/Shop/Program.cs", """
            var builder = WebApplication.CreateBuilder(args);
            builder.Services.AddHealthChecks();
            var app = builder.Build();
            app.MapHealthChecks("/health/live");
            app.MapHealthChecks("/health/ready");
            app.MapGet("/", () => "open");
            app.Run();

            """);
        await Command.OutputAsync("dotnet", repository.Root, cancellationToken, "new", "tidegate", "-n", "Shop", "--debug:custom-hive", feed.Templates, "--no-update-check");
        return repository;
    }

    public string File(string path) => Path.Combine(Root, path);

    public string Read(string path) => System.IO.File.ReadAllText(File(path));

    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File(path))!);
        System.IO.File.WriteAllText(File(path), text);
    }

    public void Change(string path, Func<string, string> change) => Write(path, change(Read(path)));

    /// <summary>The build project of the template, for a repository that takes nothing else of it.</summary>
    public void AddBuildProject()
    {
        Write(".nuke/parameters.json", "{}");
        var template = System.IO.File.ReadAllText(Repository.File("src", "Tidegate.Templates", "content", "tidegate", "build", "_build.csproj.txt"));
        Write("build/_build.csproj", template.Replace("TIDEGATE_VERSION", _feed.Version, StringComparison.Ordinal));
    }

    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        foreach (var arguments in new string[][]
        {
            ["init", "--quiet", "--initial-branch=main"],
            ["add", "--all"],
            ["-c", "user.name=test", "-c", "user.email=test@example.invalid", "commit", "--quiet", "--message=as it is"],
        })
        {
            await Command.OutputAsync("git", Root, cancellationToken, arguments);
        }
    }

    /// <summary><c>./build.sh …</c></summary>
    public Task<(int Exit, string Output)> BuildAsync(CancellationToken cancellationToken, params string[] arguments) =>
        Command.RunAsync(File("build.sh"), Root, _environment, cancellationToken, arguments);

    /// <summary><c>dotnet run --project build -- …</c></summary>
    public Task<(int Exit, string Output)> RunAsync(CancellationToken cancellationToken, params string[] arguments) =>
        Command.RunAsync("dotnet", Root, _environment, cancellationToken, ["run", "--project", "build", "--", .. arguments]);

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
