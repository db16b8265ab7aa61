namespace Tidegate.GateBenchmark;

/// <summary>What the program was asked to do.</summary>
internal sealed record Arguments(string[] Files, int Seeds, int HealthySeeds, string[] Only, string[] Policies, double FirstWeight, string? Output)
{
    private const string Usage = """
        usage: GateBenchmark [--scenarios FILE] [--seeds N] [--healthy-seeds N] [--only NAME,...] [--policies NAME,...] [--first-weight W] [--output FOLDER]
          --scenarios      a file of the suite's format; default: the suite and two releases exactly at the harm margin
          --seeds          runs of each cell; default 1000
          --healthy-seeds  runs of the gate in healthy cells; default four times --seeds
          --output         folder for gate.md and its plots; default: the table is printed only
        """;

    public static Arguments? Read(string[] args)
    {
        string Beside(string file) => Path.Combine(AppContext.BaseDirectory, "Scenarios", file);
        var read = new Arguments([Beside("suite.json"), Beside("margin.json")], 1000, 0, [], [], Tidegate.SequentialOptions.Default.FirstWeight, null);
        for (var i = 0; i < args.Length; i += 2)
        {
            var next = i + 1 < args.Length ? read.With(args[i], args[i + 1]) : null;
            if (next is null)
            {
                Console.Error.WriteLine(Usage);
                return null;
            }

            read = next;
        }

        return read.HealthySeeds > 0 ? read : read with { HealthySeeds = 4 * read.Seeds };
    }

    private Arguments? With(string name, string value) => name switch
    {
        "--scenarios" when File.Exists(value) => this with { Files = [value] },
        "--seeds" when int.TryParse(value, out var seeds) && seeds > 0 => this with { Seeds = seeds },
        "--healthy-seeds" when int.TryParse(value, out var seeds) && seeds > 0 => this with { HealthySeeds = seeds },
        "--only" => this with { Only = value.Split(',') },
        "--policies" => this with { Policies = value.Split(',') },
        "--first-weight" when double.TryParse(value, out var weight) && weight is > 0 and <= 1 => this with { FirstWeight = weight },
        "--output" => this with { Output = value },
        _ => null,
    };
}
