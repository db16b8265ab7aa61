using System.Text.Json.Serialization;
using Microsoft.AspNetCore.WebUtilities;
using Orders.Ordering;

namespace Orders.Web;

/// <summary>A problem in the form of RFC 9457.</summary>
internal sealed record ProblemAnswer(string Title, int Status, string Detail, IReadOnlyList<RequestProblem>? Problems)
{
    // Fixed, and first: "about:blank" says that the title is the status code's own.
    [JsonPropertyOrder(-1)]
    public string Type { get; } = "about:blank";
}

internal sealed record HealthAnswer(string Status, string? Because);

/// <param name="Version">The program's own version, from its project file.</param>
/// <param name="Digest">The artifact that this copy was started from.</param>
internal sealed record VersionAnswer(string Name, string Version, string Release, string Digest, string Instance);

internal static class Answers
{
    public static IResult Problem(int status, string detail, IReadOnlyList<RequestProblem>? problems = null) => TypedResults.Json(
        new ProblemAnswer(ReasonPhrases.GetReasonPhrase(status), status, detail, problems),
        OrdersJson.Default.ProblemAnswer, "application/problem+json", status);

    public static IResult Unavailable(HttpContext context, string because)
    {
        context.Response.Headers.RetryAfter = "1";
        return Problem(StatusCodes.Status503ServiceUnavailable, $"Not now: {because}. Try again in a moment.");
    }
}
