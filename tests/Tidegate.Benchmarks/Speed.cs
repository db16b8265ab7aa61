using System.Globalization;

namespace Tidegate.Benchmarks;

/// <summary>How long the build host takes, beside an empty .NET program in the same minutes. Every row is whole processes.</summary>
internal static class Speed
{
    private sealed record Row(string Name, string Goal, string Program, string[] Arguments, string? Folder = null, bool IsLarge = false)
    {
        public List<double> Seconds { get; } = [];

        public Task<double> Run() => Measured.Run(Program, Arguments, Folder, IsLarge ? ("BENCHMARK_LARGE", "1") : null);
    }

    public static async Task<int> Print(int runs)
    {
        var root = RepositoryRoot();
        using var empty = await TemporaryProgram.Empty();
        using var builds = await TemporaryProgram.Builds();
        var build = Path.Combine(root, CompiledBuild(root));
        Row[] rows =
        [
            new("empty program", "", "dotnet", [empty.Path]),
            new("`_build.dll --help`", "0.15", "dotnet", [build, "--help"]),
            new("`./build.sh --help`, nothing changed", "0.30", Path.Combine(root, "build.sh"), ["--help"]),
            new("`_build.dll :complete Can`", "", "dotnet", [build, ":complete", "Can"]),
            new("a target that does nothing", "", "dotnet", [builds.Path, "Noop"], builds.Folder),
            new($"{SampleBuilds.Targets:N0} targets: `--plan`", "", "dotnet", [builds.Path, "--plan"], builds.Folder, IsLarge: true),
            new($"{SampleBuilds.Targets:N0} targets: run", "", "dotnet", [builds.Path, "--verbosity", "quiet"], builds.Folder, IsLarge: true),
            new($"{SampleBuilds.SettingsCalls:N0} settings calls in a target", "", "dotnet", [builds.Path, "Settings"], builds.Folder),
        ];

        // Once each to compile what is not compiled and to warm the file cache; then in turns, so that other work on the machine hits all alike.
        await rows[2].Run();
        foreach (var row in rows)
            await row.Run();
        for (var run = 0; run < runs; run++)
        {
            foreach (var row in rows)
                row.Seconds.Add(await row.Run());
        }

        Console.WriteLine($"Wall seconds, {runs} runs in turns, {Environment.ProcessorCount} processors{Load()}.");
        Console.WriteLine();
        Console.WriteLine("| command | median | min | max | empty programs | over the empty program | goal |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var row in rows)
        {
            var times = (Median(row) / Median(rows[0])).ToString("0.0", CultureInfo.InvariantCulture);
            Console.WriteLine($"| {row.Name} | {Text(Median(row))} | {Text(row.Seconds.Min())} | {Text(row.Seconds.Max())} | {times} | {Text(Median(row) - Median(rows[0]))} | {row.Goal} |");
        }

        return 0;
    }

    /// <summary>Where build.sh has it, from the root.</summary>
    private static string CompiledBuild(string root) =>
        File.ReadLines(Path.Combine(root, "build.sh")).First(line => line.StartsWith("build=$artifacts/", StringComparison.Ordinal)).Replace("build=$", "", StringComparison.Ordinal);

    private static double Median(Row row) => row.Seconds.Order().ElementAt(row.Seconds.Count / 2);

    private static string Text(double seconds) => seconds.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Load() => File.Exists("/proc/loadavg") ? $", load average {File.ReadAllText("/proc/loadavg").Split(' ')[0]}" : "";

    private static string RepositoryRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "build.sh")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException("There is no build.sh above the benchmark: run it from a clone.");
    }
}
