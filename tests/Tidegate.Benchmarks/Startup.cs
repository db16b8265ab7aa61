using System.Globalization;

namespace Tidegate.Benchmarks;

/// <summary>How long a build takes to start, beside an empty .NET program in the same minute.</summary>
internal static class Startup
{
    private sealed record Row(string Name, string Goal, string Program, string[] Arguments)
    {
        public List<double> Seconds { get; } = [];
    }

    public static async Task<int> Print(int runs)
    {
        var root = RepositoryRoot();
        using var empty = await EmptyProgram.Build();
        Row[] rows =
        [
            new("empty program", "", "dotnet", [empty.Path]),
            new("`_build.dll --help`", "0.15", "dotnet", [Path.Combine(root, "artifacts", "bootstrap", "bin", "_build", "debug", "_build.dll"), "--help"]),
            new("`./build.sh --help`, up to date", "0.30", Path.Combine(root, "build.sh"), ["--help"]),
        ];

        // Once each to compile what is not compiled and to warm the file cache; then in turns, so that other work on the machine hits all alike.
        await Measured.Run(rows[2].Program, rows[2].Arguments);
        for (var run = 0; run < runs; run++)
        {
            foreach (var row in rows)
                row.Seconds.Add(await Measured.Run(row.Program, row.Arguments));
        }

        Console.WriteLine($"Wall seconds, {runs} runs in turns, {Environment.ProcessorCount} processors{Load()}.");
        Console.WriteLine();
        Console.WriteLine("| command | median | min | max | over the empty program | goal |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: |");
        foreach (var row in rows)
            Console.WriteLine($"| {row.Name} | {Text(Median(row))} | {Text(row.Seconds.Min())} | {Text(row.Seconds.Max())} | {Text(Median(row) - Median(rows[0]))} | {row.Goal} |");
        return 0;
    }

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
