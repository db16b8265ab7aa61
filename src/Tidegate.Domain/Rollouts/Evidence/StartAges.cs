namespace Tidegate;

/// <summary>Bins of the ages of instances in which starts are recorded.</summary>
public static class StartAges
{
    private static readonly double[] Ends = [1, 2, 3, 5, 8, 12, 20, 30, 45, 60];

    /// <summary>Upper ends, in minutes.</summary>
    public static IReadOnlyList<double> Minutes => Ends;

    public static int Count => Ends.Length;

    /// <summary>Where an age is recorded; null: it is too old for a start.</summary>
    public static int? Bin(TimeSpan age)
    {
        var bin = Array.FindIndex(Ends, end => age.TotalMinutes < end);
        return bin < 0 ? null : bin;
    }

    /// <summary>Where an age is looked up: one bin earlier, since a start may be a little later than the last one
    /// was.</summary>
    public static int? LookUp(TimeSpan age) => Bin(age) is { } bin ? Math.Max(0, bin - 1) : null;
}
