namespace Tidegate;

/// <summary>What kinds of answers users got. A request is of one kind, told once it has ended; nothing here says which kind is good.</summary>
/// <param name="Content">2xx with a body.</param>
/// <param name="Empty">2xx without one, where the request asks for a body (not HEAD; not 204 or 205, which have none by definition and count as <paramref name="Content"/>).</param>
/// <param name="Redirect">3xx.</param>
/// <param name="Denied">401 and 403.</param>
/// <param name="NotFound">404.</param>
/// <param name="Rejected">Any other 4xx.</param>
/// <param name="ServerError">5xx.</param>
/// <param name="NoAnswer">The connection broke, or nothing came in time.</param>
public readonly record struct AnswerMix(long Content, long Empty, long Redirect, long Denied, long NotFound, long Rejected, long ServerError, long NoAnswer)
{
    public long Total => Content + Empty + Redirect + Denied + NotFound + Rejected + ServerError + NoAnswer;

    public AnswerMix Plus(AnswerMix other) => new(
        Content + other.Content, Empty + other.Empty, Redirect + other.Redirect, Denied + other.Denied,
        NotFound + other.NotFound, Rejected + other.Rejected, ServerError + other.ServerError, NoAnswer + other.NoAnswer);

    /// <summary>What came since <paramref name="earlier"/>; never below 0.</summary>
    public AnswerMix Since(AnswerMix earlier) => new(
        Math.Max(0, Content - earlier.Content), Math.Max(0, Empty - earlier.Empty), Math.Max(0, Redirect - earlier.Redirect), Math.Max(0, Denied - earlier.Denied),
        Math.Max(0, NotFound - earlier.NotFound), Math.Max(0, Rejected - earlier.Rejected), Math.Max(0, ServerError - earlier.ServerError), Math.Max(0, NoAnswer - earlier.NoAnswer));
}
