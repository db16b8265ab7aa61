namespace Tidegate.Edge.Counting;

/// <summary>What kind of answer a request got. Nothing here says which kind is good; the last two are the version's
/// errors.</summary>
internal enum AnswerKind
{
    /// <summary>2xx with a body, or one that has none by definition; also a connection that was upgraded.</summary>
    Content,

    /// <summary>2xx without a byte of a body, where there could be one.</summary>
    Empty,
    Redirect,
    Denied,
    NotFound,
    Rejected,
    ServerError,

    /// <summary>The connection broke, or nothing came in time.</summary>
    NoAnswer,
}

internal static class AnswerKinds
{
    /// <summary>As the page of metrics calls them, in the order of <see cref="AnswerKind"/>.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["content", "empty", "redirect", "denied", "not_found", "rejected", "server_error", "no_answer"];

    public static bool IsError(this AnswerKind kind) => kind is AnswerKind.ServerError or AnswerKind.NoAnswer;

    /// <param name="isEmpty">No byte of a body came, where there could be one.</param>
    public static AnswerKind Of(int status, bool isEmpty) => status switch
    {
        < 300 => isEmpty ? AnswerKind.Empty : AnswerKind.Content,
        < 400 => AnswerKind.Redirect,
        401 or 403 => AnswerKind.Denied,
        404 => AnswerKind.NotFound,
        < 500 => AnswerKind.Rejected,
        _ => AnswerKind.ServerError,
    };
}
