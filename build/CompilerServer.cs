using Nuke.Common;
using Nuke.Common.IO;
using Nuke.Common.Tooling;
using Nuke.Common.Tools.DotNet;
using static Nuke.Common.Tools.DotNet.DotNetTasks;

/// <summary>One compiler for whatever is compiled while this lives, which takes half the time of one for each project, and less the longer it runs.
/// It is ours alone and ends with this: nothing stays behind.</summary>
sealed class CompilerServer : IDisposable
{
    private readonly string _name = $"tidegate-{Environment.ProcessId}";

    /// <summary>This process's variables, and those that make the builds of a program that it starts compile here too.</summary>
    public IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string>(EnvironmentInfo.Variables)
    {
        ["UseSharedCompilation"] = "true",
        ["SharedCompilationId"] = _name,
    };

    public void Build(AbsolutePath project, Configure<DotNetBuildSettings> settings) => DotNetBuild(s => settings(s)
        .SetProjectFile(project)
        .SetVerbosity(DotNetVerbosity.quiet)
        .EnableNoLogo()
        .SetProcessEnvironmentVariable("DOTNET_TC_CallCountThreshold", "400") // hexadecimal; analyzers pass 30 calls at once, and most of their code not many more (docs/decisions/0014)
        .SetProcessEnvironmentVariable("DOTNET_TC_CallCountingDelayMs", "0")
        .SetProperty("UseSharedCompilation", true)
        .SetProperty("SharedCompilationId", _name));

    public void Pack(AbsolutePath project, Configure<DotNetPackSettings> settings) => DotNetPack(s => settings(s)
        .SetProject(project)
        .SetVerbosity(DotNetVerbosity.quiet)
        .EnableNoLogo()
        .SetProperty("UseSharedCompilation", true)
        .SetProperty("SharedCompilationId", _name));

    public void Dispose()
    {
        var roslyn = DotNet($"msbuild {NukeBuild.RootDirectory / "build" / "_build.csproj"} -getProperty:RoslynTargetsPath", logOutput: false, logInvocation: false).Select(o => o.Text).FirstOrDefault();
        if (roslyn is null) return; // the build is interrupted; a server without work ends by itself after ten minutes

        DotNet($"exec {roslyn}/bincore/VBCSCompiler.dll -shutdown -pipename:{_name}", logOutput: false, logInvocation: false);
    }
}
