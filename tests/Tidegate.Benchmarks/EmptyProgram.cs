namespace Tidegate.Benchmarks;

/// <summary>The least that .NET can do, compiled in a temporary folder.</summary>
internal sealed class EmptyProgram : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("empty-");

    private EmptyProgram() { }

    public string Path => System.IO.Path.Combine(_folder.FullName, "out", "empty.dll");

    public static async Task<EmptyProgram> Build()
    {
        var program = new EmptyProgram();
        await File.WriteAllTextAsync(System.IO.Path.Combine(program._folder.FullName, "empty.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <NuGetAudit>false</NuGetAudit>
                <InvariantGlobalization>true</InvariantGlobalization>
              </PropertyGroup>
            </Project>
            """);
        await File.WriteAllTextAsync(System.IO.Path.Combine(program._folder.FullName, "Program.cs"), "return;");
        await Measured.Run("dotnet", ["build", "-c", "Release", "-o", "out", "-nodeReuse:false", "-p:UseSharedCompilation=false"], program._folder.FullName);
        return program;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
