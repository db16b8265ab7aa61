using System.Net;
using System.Net.Sockets;
using Orders.Tests.Support;

namespace Orders.Tests.Web;

public sealed class CatalogDownTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_its_catalog_the_shop_is_ready_and_shows_orders_and_answers_503_to_what_needs_prices()
    {
        await using var shop = await Shop.OpenAsync(Cancel);
        using var placed = await shop.OrderTeaAsync(Cancel);
        await shop.SwitchCatalogOffAsync();

        (await StatusAsync(shop, "/products")).ShouldBe(HttpStatusCode.ServiceUnavailable);
        using var refused = await shop.OrderTeaAsync(Cancel);
        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        refused.Headers.RetryAfter.ShouldNotBeNull();
        (await StatusAsync(shop, placed.Headers.Location!.OriginalString)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(shop, "/orders/recent")).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(shop, "/health/ready")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_catalog_that_comes_back_is_used_again()
    {
        await using var shop = await Shop.OpenWithoutCatalogAsync(null, Cancel);
        await shop.BecomesReadyAsync(Cancel);
        (await StatusAsync(shop, "/products")).ShouldBe(HttpStatusCode.ServiceUnavailable);

        await shop.SwitchCatalogOnAsync(Cancel);

        (await StatusAsync(shop, "/products")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_catalog_that_takes_calls_and_never_answers_is_given_up()
    {
        await using var shop = await Shop.OpenWithoutCatalogAsync(null, Cancel);
        using var silent = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        silent.Bind(new UnixDomainSocketEndPoint(shop.CatalogSocket));
        silent.Listen();

        using var answer = await shop.Http.GetAsync("/products", Cancel);

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await answer.Content.ReadAsStringAsync(Cancel)).ShouldContain("did not answer within 2 s");
    }

    [Fact]
    public async Task A_shop_whose_database_does_not_open_lives_but_is_not_ready_until_it_does()
    {
        using var folder = new TemporaryFolder();
        var data = folder.File("data");
        await File.WriteAllTextAsync(data, "a file where the folder should be", Cancel);
        await using var shop = await Shop.OpenWithoutCatalogAsync(data, Cancel);

        using var ready = await shop.Http.GetAsync("/health/ready", Cancel);
        ready.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await ready.Content.ReadAsStringAsync(Cancel)).ShouldContain("the database is not open yet");
        (await StatusAsync(shop, "/health/live")).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(shop, "/orders/recent")).ShouldBe(HttpStatusCode.ServiceUnavailable);

        File.Delete(data);
        await shop.BecomesReadyAsync(Cancel);
        (await StatusAsync(shop, "/orders/recent")).ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<HttpStatusCode> StatusAsync(Shop shop, string path)
    {
        using var answer = await shop.Http.GetAsync(path, Cancel);
        return answer.StatusCode;
    }
}
