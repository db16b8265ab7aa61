using Nuke.Common.IO;
using Nuke.Common.Tools.DotNet;
using static Nuke.Common.Tools.DotNet.DotNetTasks;

/// <summary>Compiles the gate's benchmark and runs it. Only the whole suite at its full size is published in docs/gate.md; anything less goes to artifacts/gate-benchmark.</summary>
class GateSuite(AbsolutePath root, AbsolutePath? scenarios, int? seeds)
{
    private readonly AbsolutePath _program = root / "artifacts" / "bin" / "Tidegate.GateBenchmark" / "release" / "Tidegate.GateBenchmark.dll";
    private readonly AbsolutePath _output = scenarios is null && seeds is null ? root / "docs" : root / "artifacts" / "gate-benchmark";

    public void Run()
    {
        using (var compiler = new CompilerServer()) compiler.Build(root / "tests" / "Tidegate.GateBenchmark" / "Tidegate.GateBenchmark.csproj", s => s.SetConfiguration("Release"));
        if (scenarios is null) DotNet($"exec {_program} --output {_output} --seeds {seeds ?? 1000}");
        else DotNet($"exec {_program} --output {_output} --seeds {seeds ?? 1000} --scenarios {scenarios}");
    }
}
