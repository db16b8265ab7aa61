namespace Tidegate.BuildHost.Execution;

/// <summary>What someone probably meant.</summary>
internal static class Nearest
{
    /// <summary>The closest of the candidates, or null when none is near.</summary>
    public static string To(string text, IEnumerable<string> candidates)
    {
        string best = null;
        var least = Math.Max(2, text.Length / 3) + 1;
        foreach (var candidate in candidates)
        {
            var distance = Distance(Plain(text), Plain(candidate));
            if (distance < least)
                (best, least) = (candidate, distance);
        }

        return best;
    }

    private static string Plain(string text) => text.Replace("-", string.Empty, StringComparison.Ordinal).ToUpperInvariant();

    /// <summary>Letters to add, drop, change or swap with a neighbour.</summary>
    private static int Distance(string from, string to)
    {
        var rows = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++)
            rows[i, 0] = i;
        for (var j = 0; j <= to.Length; j++)
            rows[0, j] = j;
        for (var i = 1; i <= from.Length; i++)
        {
            for (var j = 1; j <= to.Length; j++)
            {
                var change = from[i - 1] == to[j - 1] ? 0 : 1;
                rows[i, j] = Math.Min(Math.Min(rows[i - 1, j] + 1, rows[i, j - 1] + 1), rows[i - 1, j - 1] + change);
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }

        return rows[from.Length, to.Length];
    }
}
