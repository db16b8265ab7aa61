using Nuke.Common;
using Nuke.Common.IO;
using Nuke.Common.Tooling;
using Nuke.Common.Tools.DotNet;
using static Nuke.Common.Tools.DotNet.DotNetTasks;

/// <summary>One compiler for all projects of one compilation, which takes half the time of one for each. It is ours alone and ends with it: nothing stays behind.</summary>
sealed class CompilerServer : IDisposable
{
    private readonly string _name = $"tidegate-{Environment.ProcessId}";

    public static void Build(AbsolutePath project, Configure<DotNetBuildSettings> settings)
    {
        using var server = new CompilerServer();
        DotNetBuild(s => settings(s).SetProjectFile(project).SetVerbosity(DotNetVerbosity.quiet).EnableNoLogo()
            .SetProperty("UseSharedCompilation", true)
            .SetProperty("SharedCompilationId", server._name));
    }

    public static void Pack(AbsolutePath project, Configure<DotNetPackSettings> settings)
    {
        using var server = new CompilerServer();
        DotNetPack(s => settings(s).SetProject(project).SetVerbosity(DotNetVerbosity.quiet).EnableNoLogo()
            .SetProperty("UseSharedCompilation", true)
            .SetProperty("SharedCompilationId", server._name));
    }

    public void Dispose()
    {
        var roslyn = DotNet($"msbuild {NukeBuild.RootDirectory / "build" / "_build.csproj"} -getProperty:RoslynTargetsPath", logOutput: false, logInvocation: false).First().Text;
        DotNet($"exec {roslyn}/bincore/VBCSCompiler.dll -shutdown -pipename:{_name}", logOutput: false, logInvocation: false);
    }
}
