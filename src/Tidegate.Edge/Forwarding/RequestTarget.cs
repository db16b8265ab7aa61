namespace Tidegate.Edge.Forwarding;

/// <summary>What a request asks for, as it stands in its first line: escapes, double slashes and dots are the
/// service's to read.</summary>
internal static class RequestTarget
{
    private static readonly UriCreationOptions AsWritten =
        new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <summary>The same target at an instance; null when there is none to send on, as with <c>OPTIONS *</c>.</summary>
    /// <param name="prefix">Scheme and host, with a slash behind.</param>
    public static Uri? At(string prefix, string rawTarget) =>
        PathOf(rawTarget) is { } path ? new Uri(prefix[..^1] + path, AsWritten) : null;

    /// <summary>Path and query. A proxy may be told the whole address: then whom it names is left out.</summary>
    private static string? PathOf(string rawTarget)
    {
        if (rawTarget.StartsWith('/')) return rawTarget;

        var authority = rawTarget.IndexOf("://", StringComparison.Ordinal);
        if (authority < 0) return null;

        var path = rawTarget.AsSpan(authority + 3).IndexOfAny('/', '?');
        if (path < 0) return "/";

        var found = rawTarget[(authority + 3 + path)..];
        return found[0] == '/' ? found : "/" + found;
    }
}
