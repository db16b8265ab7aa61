using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Orders.Tests.Support;

namespace Orders.Tests.Web;

public sealed class OrderEndpointsTests : IAsyncLifetime
{
    private Shop _shop = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _shop = await Shop.OpenAsync(Cancel);

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task Products_are_those_of_the_catalog()
    {
        var products = await _shop.GetJsonAsync("/products", Cancel);

        products.EnumerateArray().Select(product => product.GetProperty("sku").GetString()).ShouldContain("TEA-01");
        products[0].EnumerateObject().Select(member => member.Name).ShouldBe(["sku", "name", "price"]);
    }

    [Fact]
    public async Task An_order_is_priced_stored_and_found_at_the_place_that_the_answer_names()
    {
        using var placed = await _shop.OrderTeaAsync(Cancel);
        var order = await placed.Content.ReadFromJsonAsync<JsonElement>(Cancel);

        placed.StatusCode.ShouldBe(HttpStatusCode.Created);
        placed.Headers.Location!.OriginalString.ShouldBe($"/orders/{order.GetProperty("id").GetInt64()}");
        order.GetProperty("total").GetDecimal().ShouldBe(12.80m);
        order.GetProperty("currency").GetString().ShouldBe("EUR");
        var found = await _shop.GetJsonAsync(placed.Headers.Location.OriginalString, Cancel);
        JsonElement.DeepEquals(found, order).ShouldBeTrue();
        (await _shop.GetJsonAsync("/orders/recent", Cancel))[0].GetProperty("id").GetInt64().ShouldBe(order.GetProperty("id").GetInt64());
    }

    [Fact]
    public async Task A_wrong_order_is_answered_with_all_its_problems()
    {
        using var answer = await PostAsync("""{ "customer": "", "lines": [{ "sku": "TEA-01", "quantity": 0 }] }""");

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        problem.GetProperty("type").GetString().ShouldBe("about:blank");
        problem.GetProperty("status").GetInt32().ShouldBe(400);
        problem.GetProperty("problems").EnumerateArray().Select(one => one.GetProperty("where").GetString())
            .ShouldBe(["customer", "lines[0].quantity"]);
    }

    [Fact]
    public async Task An_order_for_what_the_catalog_does_not_have_is_refused_at_its_line()
    {
        using var answer = await PostAsync("""{ "customer": "Ada", "lines": [{ "sku": "MOON-1", "quantity": 1 }] }""");

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync(Cancel)).ShouldContain("lines[0].sku");
    }

    [Fact]
    public async Task A_body_above_the_cap_is_refused_and_so_is_what_does_not_call_itself_JSON()
    {
        using var large = await PostAsync(new string(' ', 16 * 1024 + 1));
        using var form = await _shop.Http.PostAsync("/orders", new StringContent("customer=Ada"), Cancel);

        large.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        form.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    [Theory]
    [InlineData("/orders/999999")]
    [InlineData("/orders/-1")]
    [InlineData("/orders/one")]
    [InlineData("/orders/99999999999999999999")]
    public async Task An_order_that_is_not_there_is_404_whatever_its_name(string path)
    {
        using var answer = await _shop.Http.GetAsync(path, Cancel);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_page_needs_nothing_from_elsewhere_and_tells_the_browser_so()
    {
        using var answer = await _shop.Http.GetAsync("/", Cancel);
        var page = await answer.Content.ReadAsStringAsync(Cancel);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        page.ShouldContain("<form id=\"order\">");
        page.ShouldNotContain("http://");
        page.ShouldNotContain("https://");
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'none'; connect-src 'self'");
    }

    [Fact]
    public async Task The_version_names_the_release_and_its_digest()
    {
        var version = await _shop.GetJsonAsync("/version", Cancel);

        version.GetProperty("name").GetString().ShouldBe("orders");
        version.GetProperty("digest").GetString().ShouldBe("sha256:0001");
        version.GetProperty("release").GetString().ShouldBe("first light");
        version.GetProperty("instance").GetString().ShouldBe("orders-1");
    }

    [Fact]
    public async Task Metrics_count_by_endpoint_from_zero_and_know_no_names_that_people_make_up()
    {
        (await _shop.OrderTeaAsync(Cancel)).Dispose();
        (await _shop.Http.GetAsync("/made/up", Cancel)).Dispose();
        using var odd = await _shop.Http.SendAsync(new HttpRequestMessage(new HttpMethod("ODD"), "/products"), Cancel);

        var metrics = await _shop.Http.GetStringAsync("/metrics", Cancel);

        odd.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        metrics.ShouldContain("http_requests_total{endpoint=\"POST /orders\",code=\"201\"} 1\n");
        metrics.ShouldContain("http_requests_total{endpoint=\"GET /orders/{id}\",code=\"500\"} 0\n");
        metrics.ShouldContain("orders_placed_total 1\n");
        metrics.ShouldContain("orders_build_info{digest=\"sha256:0001\"} 1\n");
        metrics.ShouldContain("process_working_set_bytes");
        metrics.ShouldNotContain("made");
        metrics.ShouldNotContain("ODD");
    }

    private Task<HttpResponseMessage> PostAsync(string body) =>
        _shop.Http.PostAsync("/orders", new StringContent(body, Encoding.UTF8, "application/json"), Cancel);
}
