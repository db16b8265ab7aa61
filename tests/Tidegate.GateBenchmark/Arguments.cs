namespace Tidegate.GateBenchmark;

/// <summary>What the program was asked to do.</summary>
internal sealed record Arguments(
    string[] Files,
    string[] GoalWorlds,
    int Seeds,
    int HealthySeeds,
    int RolloutSeeds,
    int FirstSeed,
    string[] Only,
    string[] Policies,
    SequentialOptions Options,
    string? Output)
{
    /// <summary>The gate's settings were chosen on the seeds below this one; what is published is played on the others.</summary>
    private const int HeldOut = 2_000_000;

    private const string Usage = """
        usage: GateBenchmark [--scenarios FILE] [--goal-worlds FILE] [--seeds N] [--healthy-seeds N] [--rollout-seeds N] [--first-seed N]
                            [--only NAME,...] [--policies NAME,...] [--output FOLDER]
                            [--first-weight W] [--soak-weight W] [--harm-budget N] [--ramp-every S] [--warm-up S]
          --scenarios      a file of the suite's format; default: the suite and two releases exactly at the harm margin
          --goal-worlds    the same, for the rollout alone; default: the worlds of the release's goals, without --scenarios
          --seeds          runs of each cell; default 1000
          --healthy-seeds  runs of the gate in healthy cells; default four times --seeds
          --rollout-seeds  runs of the rollout in each cell, which take twenty times as long; default a fifth of --seeds
          --first-seed     of each cell; default 2000000. The settings were chosen on seeds below it: tune there, and publish from here
          --output         folder for gate.md and its plots; default: the table is printed only
        """;

    public static Arguments? Read(string[] args)
    {
        string Beside(string file) => Path.Combine(AppContext.BaseDirectory, "Scenarios", file);
        var read = new Arguments(
            [Beside("suite.json"), Beside("margin.json")], [Beside("goal-worlds.json")],
            1000, 0, 0, HeldOut, [], [], SequentialOptions.Default with { AtCap = CapPolicy.Promote }, null);
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

        return read with
        {
            HealthySeeds = read.HealthySeeds > 0 ? read.HealthySeeds : 4 * read.Seeds,
            RolloutSeeds = read.RolloutSeeds > 0 ? read.RolloutSeeds : (read.Seeds + 4) / 5,
        };
    }

    /// <summary>The rollout's own settings, with what both have in common.</summary>
    public RolloutOptions Rollout => RolloutOptions.Of(Options, RolloutOptions.Default.Confidence, RolloutOptions.Default.AtCap);

    /// <summary>Which seeds were played, in words.</summary>
    public string SeedsInWords => FirstSeed >= HeldOut
        ? $"Seeds from {FirstSeed} on, held out: the settings were chosen on seeds below {HeldOut}."
        : $"Seeds from {FirstSeed} on: the settings may have been chosen on them, so this is no proof.";

    private Arguments? With(string name, string value) => name switch
    {
        "--scenarios" when File.Exists(value) => this with { Files = [value], GoalWorlds = [] },
        "--goal-worlds" when File.Exists(value) => this with { GoalWorlds = [value] },
        "--seeds" when int.TryParse(value, out var seeds) && seeds > 0 => this with { Seeds = seeds },
        "--healthy-seeds" when int.TryParse(value, out var seeds) && seeds > 0 => this with { HealthySeeds = seeds },
        "--rollout-seeds" when int.TryParse(value, out var seeds) && seeds > 0 => this with { RolloutSeeds = seeds },
        "--first-seed" when int.TryParse(value, out var seed) && seed is >= 0 and <= 1_000_000_000 => this with { FirstSeed = seed },
        "--only" => this with { Only = value.Split(',') },
        "--policies" => this with { Policies = value.Split(',') },
        "--output" => this with { Output = value },
        _ when double.TryParse(value, out var number) && number >= 0 => Knob(name, number) is { } options ? this with { Options = options } : null,
        _ => null,
    };

    private SequentialOptions? Knob(string name, double value) => name switch
    {
        "--first-weight" => Options with { FirstWeight = value },
        "--soak-weight" => Options with { SoakWeight = value },
        "--harm-budget" => Options with { HarmBudget = value },
        "--ramp-every" => Options with { RampEvery = TimeSpan.FromSeconds(value) },
        "--warm-up" => Options with { WarmUp = TimeSpan.FromSeconds(value) },
        _ => null,
    };
}
