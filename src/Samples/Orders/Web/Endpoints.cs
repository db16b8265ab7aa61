namespace Orders.Web;

/// <summary>The names of the endpoints, as metrics and faults say them: method, space, route.</summary>
internal static class Endpoints
{
    public const string Page = "GET /";
    public const string Products = "GET /products";
    public const string PlaceOrder = "POST /orders";
    public const string OneOrder = "GET /orders/{id}";
    public const string RecentOrders = "GET /orders/recent";

    /// <summary>Any request that no endpoint serves.</summary>
    public const string Other = "other";

    /// <summary>Those that people use: the ones that are counted one by one, and where faults can be.</summary>
    public static IReadOnlyList<string> ForPeople { get; } = [Page, Products, PlaceOrder, OneOrder, RecentOrders];

    /// <summary>The endpoint that serves the request, from a closed list: whatever people send, there are no more names.</summary>
    public static string Of(HttpContext context)
    {
        if (context.GetEndpoint() is not RouteEndpoint { RoutePattern.RawText: { } route }) return Other;
        var served = $"{context.Request.Method} {route}";
        return ForPeople.Contains(served) ? served : Other;
    }
}
