using CliWrap;
using CliWrap.Buffered;
using Tidegate.Testing;

namespace Tidegate.Packages.Tests;

/// <summary>Programs run to their end, as a person or a CI agent would start them.</summary>
internal static class Command
{
    /// <summary>Variables of the machine that would make a build here another one than a build there.</summary>
    private static readonly Dictionary<string, string?> Plain = new()
    {
        ["CI"] = null,
        ["GITHUB_ACTIONS"] = null,
        ["TF_BUILD"] = null,
        ["NukeHost"] = null,
        ["DOTNET_NOLOGO"] = "1",
        ["DOTNET_CLI_UI_LANGUAGE"] = "en",
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["UseSharedCompilation"] = Environment.GetEnvironmentVariable("SharedCompilationId") is null ? "false" : "true", // whoever named a compiler ends it
    };

    public static async Task<(int Exit, string Output)> RunAsync(
        string program, string folder, IReadOnlyDictionary<string, string?> environment, CancellationToken cancellationToken, params string[] arguments)
    {
        var result = await Cli.Wrap(program)
            .WithArguments(arguments)
            .WithWorkingDirectory(folder)
            .WithEnvironmentVariables(Plain.Concat(environment).ToDictionary())
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(cancellationToken);
        return (result.ExitCode, result.StandardOutput + result.StandardError);
    }

    /// <summary>What it said, when it exits with 0.</summary>
    public static async Task<string> OutputAsync(string program, string folder, CancellationToken cancellationToken, params string[] arguments)
    {
        var (exit, output) = await RunAsync(program, folder, new Dictionary<string, string?>(), cancellationToken, arguments);
        return exit == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} exited with {exit}:{Environment.NewLine}{output}");
    }

    /// <summary><c>dotnet pack</c> of what the solution's build has compiled.</summary>
    public static Task<(int Exit, string Output)> PackAsync(string project, string folder, CancellationToken cancellationToken, params string[] more) => RunAsync(
        "dotnet",
        Repository.Root,
        new Dictionary<string, string?>(),
        cancellationToken,
        ["pack", Repository.File("src", project, $"{project}.csproj"), "--no-build", "--configuration", Built.Configuration, "--output", folder, "--verbosity", "quiet", "-nologo", .. more]);
}

internal static class Built
{
    /// <summary>Of this test program, and so of what it was built with: <c>debug</c> or <c>release</c>.</summary>
    public static string Configuration { get; } = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)).Name;
}
