using Tidegate.ReleaseBenchmark.Worlds;

namespace Tidegate.ReleaseBenchmark;

/// <summary>What the program was asked to do.</summary>
/// <param name="Watch">Null: the profile's own.</param>
/// <param name="Only">Worlds whose name is one of these; empty: all.</param>
internal sealed record Arguments(
    string Worlds, int Runs, string Profile, string? Watch, int Seed, string? Json, string[] Only, bool Rivals, bool Tell)
{
    private const string Usage = """
        usage: ReleaseBenchmark [--worlds FILE] [--runs N] [--profile NAME] [--watch DURATION] [--seed N] [--json FILE]
                                [--only NAME,...] [--rivals] [--tell]
          --worlds   a file of worlds; default: the public ones
          --runs     releases in each world; default 100
          --profile  of config/delivery.json; default production
          --watch    how long a release is watched at all of the requests, for example 1h; default: the profile's
          --seed     of the first release in each world; default 1
          --json     where the numbers go too
          --only     these worlds
          --tell     what happens in each release, on standard error
          --rivals   Flagger's and Argo's documented examples and a fixed bake play the same worlds
        """;

    public static Arguments? Read(string[] args)
    {
        var beside = Path.Combine(AppContext.BaseDirectory, "worlds.json");
        Arguments? read = new(beside, 100, "production", null, 1, null, [], false, false);
        for (var i = 0; i < args.Length && read is not null; i++)
        {
            read = args[i] == "--rivals" ? read with { Rivals = true }
                : args[i] == "--tell" ? read with { Tell = true }
                : i + 1 < args.Length ? read.With(args[i], args[++i])
                : null;
        }

        if (read is null) Console.Error.WriteLine(Usage);
        return read;
    }

    private Arguments? With(string name, string value) => name switch
    {
        "--worlds" when File.Exists(value) => this with { Worlds = value },
        "--runs" when int.TryParse(value, out var runs) && runs > 0 => this with { Runs = runs },
        "--profile" => this with { Profile = value },
        "--watch" when Duration.TryRead(value, out _) => this with { Watch = value },
        "--seed" when int.TryParse(value, out var seed) && seed >= 0 => this with { Seed = seed },
        "--json" => this with { Json = value },
        "--only" => this with { Only = value.Split(',') },
        _ => null,
    };
}
