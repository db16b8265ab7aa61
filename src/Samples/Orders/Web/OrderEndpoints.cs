using System.Globalization;
using Orders.Downstream;
using Orders.Ordering;
using Orders.Settings;
using Orders.Storage;

namespace Orders.Web;

/// <summary>The endpoints that people use.</summary>
internal static class OrderEndpoints
{
    public static void MapOrders(this WebApplication app)
    {
        app.MapGet("/products", ProductsAsync);
        app.MapPost("/orders", PlaceAsync);
        app.MapGet("/orders/recent", Recent);
        app.MapGet("/orders/{id}", One);
    }

    private static async Task<IResult> ProductsAsync(HttpContext context, CatalogClient catalog) =>
        await catalog.ProductsAsync(context.RequestAborted) switch
        {
            CatalogAnswer.Products products => TypedResults.Json(products.All, OrdersJson.Default.IReadOnlyListCatalogProduct),
            var answer => Unavailable(context, answer),
        };

    private static async Task<IResult> PlaceAsync(
        HttpContext context, CatalogClient catalog, OrderStore store, ServiceSettings settings, ServiceMetrics metrics, TimeProvider time)
    {
        if (!context.Request.HasJsonContentType())
            return Answers.Problem(StatusCodes.Status415UnsupportedMediaType, "Send the order as application/json.");

        var (request, problems) = await OrderRequestReader.ReadAsync(context.Request.Body, context.RequestAborted);
        if (problems.Count > 0) return Refused(problems);

        if (!store.IsOpen) return NotOpen(context);
        if (await catalog.ProductsAsync(context.RequestAborted) is not CatalogAnswer.Products products)
            return Answers.Unavailable(context, "the catalog does not answer, and without it there are no prices");

        (var order, problems) = Pricing.Price(request, products.All, settings.Orders.Currency);
        if (problems.Count > 0) return Refused(problems);

        var stored = store.Add(order, time.GetUtcNow());
        metrics.OrderPlaced();
        context.Response.Headers.Location = $"/orders/{stored.Id}";
        return TypedResults.Json(stored, OrdersJson.Default.Order, statusCode: StatusCodes.Status201Created);
    }

    private static IResult One(HttpContext context, OrderStore store, string id)
    {
        if (!store.IsOpen) return NotOpen(context);
        return long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && store.Find(number) is { } order
            ? TypedResults.Json(order, OrdersJson.Default.Order)
            : Answers.Problem(StatusCodes.Status404NotFound, "There is no such order. GET /orders/recent has the newest ones.");
    }

    private static IResult Recent(HttpContext context, OrderStore store) => store.IsOpen
        ? TypedResults.Json(store.Recent(), OrdersJson.Default.IReadOnlyListOrderSummary)
        : NotOpen(context);

    private static IResult Refused(IReadOnlyList<RequestProblem> problems) =>
        Answers.Problem(StatusCodes.Status400BadRequest, $"The order has {problems.Count} problem(s).", problems);

    private static IResult Unavailable(HttpContext context, CatalogAnswer answer) =>
        Answers.Unavailable(context, (answer as CatalogAnswer.Unavailable)?.Because ?? "the catalog does not answer");

    private static IResult NotOpen(HttpContext context) => Answers.Unavailable(context, "the database is not open yet");
}
