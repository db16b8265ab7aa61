using System.Globalization;
using Orders.Downstream;
using Orders.Ordering;

namespace Orders.Tests.Ordering;

public sealed class PricingTests
{
    private static readonly CatalogProduct[] Products = [new("TEA-01", "Tea", 6.40m), new("MUG-01", "Mug", 12.50m)];

    [Fact]
    public void An_order_has_the_names_and_prices_of_the_catalog_and_the_sum_of_its_lines()
    {
        var request = new OrderRequest("Ada", [new RequestedLine("MUG-01", 2), new RequestedLine("TEA-01", 1)]);

        var (order, problems) = Pricing.Price(request, Products, "EUR");

        problems.ShouldBeEmpty();
        order.Customer.ShouldBe("Ada");
        order.Currency.ShouldBe("EUR");
        order.Lines.ShouldBe([new OrderLine("MUG-01", "Mug", 2, 12.50m, 25.00m), new OrderLine("TEA-01", "Tea", 1, 6.40m, 6.40m)]);
        order.Total.ShouldBe(31.40m);
    }

    [Fact]
    public void Every_product_that_the_catalog_does_not_have_is_a_problem_at_its_line()
    {
        var request = new OrderRequest("Ada", [new RequestedLine("NO-1", 1), new RequestedLine("TEA-01", 1), new RequestedLine("tea-01", 1)]);

        var (_, problems) = Pricing.Price(request, Products, "EUR");

        problems.Select(problem => problem.Where).ShouldBe(["lines[0].sku", "lines[2].sku"]);
    }

    [Theory]
    [InlineData("6.40", 9, "57.60")]
    [InlineData("6.40", 10, "60.80")]
    [InlineData("0.30", 11, "3.14")] // 3.135: half to even goes up here
    [InlineData("0.10", 13, "1.24")] // 1.235: and here
    [InlineData("0.50", 11, "5.22")] // 5.225: and down here
    public void Ten_of_one_product_and_more_cost_five_percent_less_to_the_even_cent(string price, int quantity, string total) =>
        Pricing.LineTotal(decimal.Parse(price, CultureInfo.InvariantCulture), quantity)
            .ShouldBe(decimal.Parse(total, CultureInfo.InvariantCulture));
}
