using System.Diagnostics;
using Tidegate.BuildHost.Tests.Support;

namespace Tidegate.BuildHost.Tests.Scripts;

/// <summary>A small repository with this repository's <c>build.sh</c> and a build of two lines.</summary>
internal sealed class BuildScript : IDisposable
{
    private readonly Repository _repository = new();

    public BuildScript()
    {
        var above = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(above!.FullName, "build.sh")))
            above = above.Parent;
        File.Copy(Path.Combine(above.FullName, "build.sh"), Path.Combine(Root, "build.sh"));
        File.Copy(Path.Combine(above.FullName, "global.json"), Path.Combine(Root, "global.json"));
        _repository.WithFile("Directory.Build.props", """
            <Project>
              <PropertyGroup>
                <ArtifactsPath>$(MSBuildThisFileDirectory)artifacts</ArtifactsPath>
                <ArtifactsPath Condition="'$(Bootstrap)' == 'true'">$(ArtifactsPath)/bootstrap</ArtifactsPath>
                <UseArtifactsOutput>true</UseArtifactsOutput>
              </PropertyGroup>
            </Project>
            """);
        _repository.WithFile("build/_build.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
              <ItemGroup>
                <Compile Include="../src/**/*.cs" />
              </ItemGroup>
            </Project>
            """);
        Write("build/Build.cs", "System.Console.WriteLine(\"ran \" + string.Join('|', args) + System.Environment.GetEnvironmentVariable(\"NukeHost\"));");
    }

    public string Root => _repository.Root;

    /// <summary>Where the script has the compiled build, from the root.</summary>
    public string Build => File.ReadLines(Path.Combine(Root, "build.sh")).First(line => line.StartsWith("build=$artifacts/", StringComparison.Ordinal)).Replace("build=$artifacts", "artifacts", StringComparison.Ordinal);

    public void Write(string path, string content) => _repository.WithFile(path, content);

    /// <summary>A program for sh.</summary>
    public void WriteProgram(string path, string commands)
    {
        Write(path, $"#!/bin/sh\n{commands.ReplaceLineEndings("\n")}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path.Combine(Root, path), UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    public void Delete(string path) => File.Delete(Path.Combine(Root, path));

    public async Task<(int ExitCode, string Output, string Errors)> Run(string arguments, string? folder = null, string? path = null)
    {
        var start = new ProcessStartInfo("/bin/sh")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? Root,
        };
        foreach (var argument in new[] { Path.Combine(Root, "build.sh") }.Concat(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
            start.ArgumentList.Add(argument);
        start.Environment.Remove("NukeHost");
        if (path is not null)
        {
            start.Environment["PATH"] = path;
            start.Environment["HOME"] = Root;
            start.Environment.Remove("DOTNET_ROOT");
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, (await output).TrimEnd(), await errors);
    }

    public void Dispose() => _repository.Dispose();
}
