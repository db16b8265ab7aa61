namespace Tidegate.Pipeline.Declared;

/// <summary>What somebody who mistyped a name probably meant.</summary>
internal static class NearestName
{
    private const int Longest = 64;

    /// <summary>The known name with the fewest edits (insert, delete, replace, swap), or null when none is near.</summary>
    /// <remarks>Near: upper and lower case aside, at most one edit in three letters; names beyond 64 letters are near to none.</remarks>
    public static string? Of(string wrong, IEnumerable<string> known)
    {
        if (wrong.Length is 0 or > Longest) return null;

        string? nearest = null;
        var fewest = int.MaxValue;
        foreach (var name in known)
        {
            if (name.Length > Longest) continue;
            var edits = Edits(wrong.ToLowerInvariant(), name.ToLowerInvariant());
            if (edits >= fewest || edits > Math.Max(1, Math.Min(wrong.Length, name.Length) / 3)) continue;
            (nearest, fewest) = (name, edits);
        }

        return nearest;
    }

    /// <summary>The next step for an unknown name: the nearest one first, then all there are.</summary>
    public static string Advice(string wrong, IReadOnlyCollection<string> known)
    {
        var all = known.Count == 0 ? "None is declared." : $"Known here: {string.Join(", ", known.Take(30))}{(known.Count > 30 ? ", …" : "")}.";
        return Of(wrong, known) is { } nearest ? $"Did you mean \"{nearest}\"? {all}" : all;
    }

    /// <summary>Optimal string alignment: Levenshtein, and neighbours swapped count once.</summary>
    private static int Edits(string one, string other)
    {
        var distance = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++) distance[i, 0] = i;
        for (var j = 0; j <= other.Length; j++) distance[0, j] = j;
        for (var i = 1; i <= one.Length; i++)
        {
            for (var j = 1; j <= other.Length; j++)
            {
                var replace = distance[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
                distance[i, j] = Math.Min(replace, Math.Min(distance[i - 1, j], distance[i, j - 1]) + 1);
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                {
                    distance[i, j] = Math.Min(distance[i, j], distance[i - 2, j - 2] + 1);
                }
            }
        }

        return distance[one.Length, other.Length];
    }
}
