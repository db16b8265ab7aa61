namespace Tidegate;

/// <summary>Kinds of answers that are compared, in the order in which windows tell of them.</summary>
/// <remarks>Failures are none of them: they are evidence of their own. More content where the running version rejects is better, and accuses nobody;
/// where it denies access it is not: a door that stands open.</remarks>
public static class AnswerKinds
{
    public const int Empty = 0, Redirect = 1, Denied = 2, NotFound = 3, Rejected = 4, Content = 5, Count = 6;

    /// <summary>What is accused when it grows.</summary>
    public static IReadOnlyList<string> Accused { get; } = ["empty answers", "redirections", "denials (401, 403)", "not found (404)", "rejections (other 4xx)", "answers where the running version denies"];

    public static long[] Of(AnswerMix candidate, AnswerMix running) => [.. Of(candidate), .. Of(running)];

    private static long[] Of(AnswerMix mix) => [mix.Empty, mix.Redirect, mix.Denied, mix.NotFound, mix.Rejected, mix.Content];

    /// <summary>Exposures and events of one kind, of both versions.</summary>
    /// <param name="counts">As <see cref="Of(AnswerMix, AnswerMix)"/> makes them.</param>
    public static (double N, double M, double A, double B) Pair(IReadOnlyList<long> counts, int kind)
    {
        // Who is let in: content among what is either content or denied.
        if (kind == Content) return (counts[Content] + counts[Denied], counts[Count + Content] + counts[Count + Denied], counts[Content], counts[Count + Content]);

        var (n, m) = (0.0, 0.0);
        for (var k = 0; k < Count; k++)
        {
            n += counts[k];
            m += counts[Count + k];
        }

        return (n, m, counts[kind], counts[Count + kind]);
    }
}
