using Tidegate.Pipeline.Declared;

namespace Tidegate.Pipeline;

/// <summary>Changes of what users get that are declared for one release, as <c>--expect</c> takes them:
/// <c>GET /old: gone</c>.</summary>
internal static class ExpectedChanges
{
    private const int Longest = 200;

    /// <summary>The changes in the order of their endpoints, or everything that is wrong.</summary>
    /// <param name="endpoints">Those that are declared; null: they could not be read, and only the form is
    /// checked.</param>
    public static (IReadOnlyList<ExpectedChange> Changes, IReadOnlyList<Problem> Problems) Parse(
        IEnumerable<string> texts,
        IReadOnlyCollection<string>? endpoints)
    {
        var changes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var problems = new List<Problem>();
        foreach (var text in texts)
        {
            var at = text.IndexOf(':', StringComparison.Ordinal);
            var (endpoint, change) = at < 0 ? (text.Trim(), "") : (text[..at].Trim(), text[(at + 1)..].Trim());
            var place = $"--expect {Foreign.Quoted(text)}";
            if (!Forms.Endpoint.Fits(endpoint) || change.Length is 0 or > Longest || change.Any(char.IsControl))
            {
                problems.Add(new(
                    "TG3003",
                    place,
                    $"this is no endpoint, a colon, and what changes in 1 to {Longest} characters on one line.",
                    "Write \"METHOD /path: what changes\", for example --expect \"GET /old: gone\"."));
            }
            else if (endpoints?.Contains(endpoint) == false)
            {
                problems.Add(new(
                    "TG3004",
                    place,
                    $"{Foreign.Quoted(endpoint)} is no declared endpoint.",
                    NearestName.Advice(endpoint, endpoints)
                        + " One that goes stays in \"endpoints\" until the release is through."));
            }
            else if (!changes.TryAdd(endpoint, change))
            {
                problems.Add(new(
                    "TG3005", place, "this endpoint is there twice.", "Keep one, and say both changes in it."));
            }
        }

        return ([.. changes.Select(c => new ExpectedChange(c.Key, c.Value))], problems);
    }

    /// <summary>For people, on one line.</summary>
    public static string Words(IEnumerable<ExpectedChange> changes) =>
        string.Join("; ", changes.Select(c => Foreign.Line($"{c.Endpoint}: {c.Change}", 300)));
}
