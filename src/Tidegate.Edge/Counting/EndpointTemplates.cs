using Microsoft.AspNetCore.Routing.Template;

namespace Tidegate.Edge.Counting;

/// <summary>Tells which declared endpoint a request belongs to, so that labels stay few whatever users ask for.</summary>
public sealed class EndpointTemplates
{
    public const string Other = "other";

    private readonly Endpoint[] _endpoints;

    /// <param name="endpoints">Method, space, ASP.NET route template.</param>
    /// <exception cref="ArgumentException">One of them cannot be read; the message names it.</exception>
    public EndpointTemplates(IEnumerable<string> endpoints)
    {
        _endpoints = [.. endpoints.Select(Read).OrderBy(e => e.Precedence)];
        Names = [.. _endpoints.Select(e => e.Name), Other];
    }

    public static EndpointTemplates None { get; } = new([]);

    /// <summary>All labels there can be.</summary>
    public IReadOnlyList<string> Names { get; }

    public string Classify(string method, PathString path)
    {
        foreach (var endpoint in _endpoints)
        {
            if (HttpMethods.Equals(endpoint.Method, method) && endpoint.Matcher.TryMatch(path, [])) return endpoint.Name;
        }

        return Other;
    }

    private static Endpoint Read(string text)
    {
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != 2 || !parts[1].StartsWith('/') || !parts[0].All(char.IsAsciiLetterUpper))
            throw new ArgumentException($"'{text}' is not a method and a path such as 'GET /orders/{{id}}'.");

        try
        {
            var template = TemplateParser.Parse(parts[1]);
            return new Endpoint(text, parts[0], new TemplateMatcher(template, []), RoutePrecedence.ComputeInbound(template));
        }
        catch (ArgumentException problem)
        {
            throw new ArgumentException($"'{text}' is not a route: {problem.Message}", problem);
        }
    }

    private sealed record Endpoint(string Name, string Method, TemplateMatcher Matcher, decimal Precedence);
}
