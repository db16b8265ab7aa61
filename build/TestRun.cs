using System.Collections.Concurrent;
using System.Globalization;
using Nuke.Common;
using Nuke.Common.IO;
using Serilog;
using static Nuke.Common.Tools.DotNet.DotNetTasks;

/// <summary>Builds a solution and runs its test programs, and tells where the time went.</summary>
class TestRun
{
    /// <summary>They start real parts, many at once, and look at them by the second: each has the machine to itself.</summary>
    private static readonly string[] Alone = ["Tidegate.Adapters.Tests", "Tidegate.Delivery.Tests"];

    /// <summary>Does one thing after the other, and waits for most of them. The rest only computes, meanwhile.</summary>
    private const string Waiting = "Tidegate.Packages.Tests";

    private readonly AbsolutePath _solution;
    private readonly AbsolutePath _results;
    private readonly ConcurrentQueue<TestResult> _done = [];

    private TestRun(AbsolutePath solution, AbsolutePath results) => (_solution, _results) = (solution, results);

    public string Counts => $"{_done.Sum(r => r.Passed)} passed, {_done.Sum(r => r.Failed)} failed, {_done.Sum(r => r.Skipped)} skipped";

    public static TestRun Of(AbsolutePath solution, AbsolutePath results) => new(solution, results);

    public void Run()
    {
        var began = TimeProvider.System.GetTimestamp();
        using var compiler = new CompilerServer(); // for what the tests compile, too
        compiler.Build(_solution, s => s);
        var compiling = TimeProvider.System.GetElapsedTime(began);
        _results.CreateOrCleanDirectory();

        var names = _solution.Parent.GlobFiles("tests/*.Tests/*.Tests.csproj").Select(p => p.NameWithoutExtension).Order().ToList();
        Parallel.Invoke(() => RunAll(names.Intersect([Waiting])), () => RunAll(names.Except([Waiting, .. Alone])));
        RunAll(names.Intersect(Alone));

        void RunAll(IEnumerable<string> programs)
        {
            foreach (var program in programs) RunOne(program, compiler.Variables);
        }

        Log.Information("{Time,5} s  compiling", Seconds(compiling));
        foreach (var result in _done) Log.Information("{Time,5} s  {Result:l}", Seconds(result.Took), result.ToString());
        var broken = _done.Where(r => !r.IsGood).Select(r => r.Name).ToList();
        Assert.True(broken.Count == 0, $"Tests failed or did not end: {string.Join(", ", broken)}. Their results are in {_results}.");
    }

    private void RunOne(string name, IReadOnlyDictionary<string, string> variables)
    {
        var program = _solution.Parent / "artifacts" / "bin" / name / "debug" / $"{name}.dll";
        var file = _results / $"{name}.xml";
        var began = TimeProvider.System.GetTimestamp();
        Log.Information("{Tests:l} ...", name);
        var output = DotNet($"exec {program} -result-xml {file} -noLogo -noColor", environmentVariables: variables, logOutput: false, logInvocation: false, exitHandler: process => process.ExitCode);

        // What the runner wrote is counted, not how it exited: no file is a failure, whatever the exit code.
        var result = TestResult.Read(name, file, TimeProvider.System.GetElapsedTime(began));
        _done.Enqueue(result);
        if (result.IsGood) Log.Information("{Result:l}", result.ToString());
        else Log.Error("{Result:l}\n{Output:l}", result.ToString(), string.Join('\n', output.Select(o => o.Text)));
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
}
