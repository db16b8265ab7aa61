using Nuke.Common.IO;
using Nuke.Common.Tools.DotNet;
using static Nuke.Common.Tools.DotNet.DotNetTasks;

/// <summary>Compiles the benchmark of whole releases and runs it. The program knows what is not asked for.</summary>
class ReleaseSuite(AbsolutePath root)
{
    private readonly AbsolutePath _program =
        root / "artifacts" / "bin" / "Tidegate.ReleaseBenchmark" / "release" / "Tidegate.ReleaseBenchmark.dll";

    private readonly AbsolutePath _project =
        root / "tests" / "Tidegate.ReleaseBenchmark" / "Tidegate.ReleaseBenchmark.csproj";

    private readonly List<string> _options = [];

    /// <param name="value">Null: not asked for.</param>
    public ReleaseSuite With(string name, object? value)
    {
        if (value is not null) _options.Add(FormattableString.Invariant($"--{name} \"{value}\""));
        return this;
    }

    public ReleaseSuite With(string name, bool asked)
    {
        if (asked) _options.Add($"--{name}");
        return this;
    }

    public void Run()
    {
        using (var compiler = new CompilerServer()) compiler.Build(_project, s => s.SetConfiguration("Release"));

        // How far it is comes on standard error, and is no error.
        var options = string.Join(' ', _options);
        DotNet($"exec {_program} {options:nq}", logger: (_, line) => Console.WriteLine(line));
    }
}
