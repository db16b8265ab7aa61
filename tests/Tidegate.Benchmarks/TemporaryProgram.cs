namespace Tidegate.Benchmarks;

/// <summary>A program compiled in a temporary folder, as anyone would compile it.</summary>
internal sealed class TemporaryProgram : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("benchmark-");

    private TemporaryProgram() { }

    public string Folder => _folder.FullName;

    public string Path => System.IO.Path.Combine(Folder, "out", "program.dll");

    /// <summary>The least that .NET can do.</summary>
    public static Task<TemporaryProgram> Empty() => Build("return;", references: "");

    /// <summary>Builds on the build host: a small one, and with the variable BENCHMARK_LARGE one of 1,000 targets.</summary>
    public static async Task<TemporaryProgram> Builds()
    {
        var libraries = string.Join(';', Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll").Where(file => !file.EndsWith("Tidegate.Benchmarks.dll", StringComparison.Ordinal)));
        var program = await Build(SampleBuilds.Source, $"""<Reference Include="{libraries}" />""");
        Directory.CreateDirectory(System.IO.Path.Combine(program.Folder, ".nuke"));
        return program;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task<TemporaryProgram> Build(string source, string references)
    {
        var program = new TemporaryProgram();
        await File.WriteAllTextAsync(System.IO.Path.Combine(program.Folder, "program.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <NuGetAudit>false</NuGetAudit>
                <InvariantGlobalization>true</InvariantGlobalization>
              </PropertyGroup>
              <ItemGroup>
                {references}
              </ItemGroup>
            </Project>
            """);
        await File.WriteAllTextAsync(System.IO.Path.Combine(program.Folder, "Program.cs"), source);
        await Measured.Run("dotnet", ["build", "-c", "Release", "-o", "out", "-nodeReuse:false", "-p:UseSharedCompilation=false"], program.Folder);
        return program;
    }
}
