using Tidegate.Benchmarks;

// dotnet run --project tests/Tidegate.Benchmarks -c Release -- startup [runs]
switch (args)
{
    case ["startup"]:
        return await Startup.Print(runs: 15);
    case ["startup", var runs] when int.TryParse(runs, out var count) && count is >= 3 and <= 1000:
        return await Startup.Print(count);
    default:
        Console.Error.WriteLine("Usage: startup [runs, 3 to 1000; default 15]");
        return 30;
}
