using Tidegate.Benchmarks;

// dotnet run --project tests/Tidegate.Benchmarks -c Release -- buildhost [runs]
switch (args)
{
    case ["buildhost"]:
        return await Speed.Print(runs: 15);
    case ["buildhost", var runs] when int.TryParse(runs, out var count) && count is >= 3 and <= 1000:
        return await Speed.Print(count);
    default:
        Console.Error.WriteLine("Usage: buildhost [runs, 3 to 1000; default 15]");
        return 30;
}
