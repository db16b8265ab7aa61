namespace Tidegate.Pipeline.Validation;

/// <summary>Which endpoint serves a request: segment by segment, a literal before what varies.</summary>
internal static class Endpoints
{
    /// <summary>The endpoint with every name in braces left out.</summary>
    public static string Shape(string endpoint) => string.Join('/', endpoint.Split('/').Select(s => Varies(s) ? "{}" : s));

    /// <summary>The endpoint of this request, or null when none serves it.</summary>
    /// <param name="path">As it is sent; its query does not count.</param>
    public static string? Serving(IEnumerable<string> endpoints, string method, string path)
    {
        var end = path.IndexOfAny(['?', '#']);
        var request = $"{method} {(end < 0 ? path : path[..end])}".Split('/');
        return endpoints
            .Where(e => Serves(e.Split('/'), request))
            .OrderBy(e => e.Split('/').Count(Varies))
            .FirstOrDefault();
    }

    private static bool Serves(string[] endpoint, string[] request)
    {
        if (endpoint.Length != request.Length) return false;
        for (var i = 0; i < endpoint.Length; i++)
        {
            if (endpoint[i] != request[i] && !(Varies(endpoint[i]) && request[i].Length > 0)) return false;
        }

        return true;
    }

    private static bool Varies(string segment) => segment is ['{', .., '}'];
}
