using System.Text;
using Orders.Ordering;

namespace Orders.Tests.Ordering;

public sealed class OrderRequestReaderTests
{
    [Fact]
    public async Task A_request_in_order_is_read_without_a_problem()
    {
        var (request, problems) = await ReadAsync("""{ "customer": " Ada ", "lines": [{ "sku": "TEA-01", "quantity": 99 }, { "sku": "MUG-01", "quantity": 1 }] }""");

        problems.ShouldBeEmpty();
        request.Customer.ShouldBe("Ada");
        request.Lines.ShouldBe([new RequestedLine("TEA-01", 99), new RequestedLine("MUG-01", 1)]);
    }

    [Fact]
    public async Task All_problems_of_a_request_are_found_at_once()
    {
        var (_, problems) = await ReadAsync(
            """{ "customer": "", "note": "x", "lines": [{ "sku": "TEA-01", "quantity": 0 }, { "sku": "TEA-01", "quantity": "1", "gift": true }, 7] }""");

        problems.Select(problem => problem.Where).ShouldBe(
        [
            "note", "customer", "lines[0].quantity", "lines[1].gift", "lines[1].quantity", "lines[1].sku", "lines[2]",
        ]);
    }

    [Theory]
    [InlineData("", "$")]
    [InlineData("{", "$")]
    [InlineData("[]", "$")]
    [InlineData("null", "$")]
    [InlineData("""{ "customer": "Ada", "customer": "Bob", "lines": [{ "sku": "A", "quantity": 1 }] }""", "$")]
    [InlineData("""{ "customer": "Ada", "lines": [{ "sku": "A", "quantity": 1 }], }""", "$")]
    [InlineData("""{ "lines": [{ "sku": "A", "quantity": 1 }] }""", "customer")]
    [InlineData("""{ "customer": null, "lines": [{ "sku": "A", "quantity": 1 }] }""", "customer")]
    [InlineData("""{ "customer": "a\u0000b", "lines": [{ "sku": "A", "quantity": 1 }] }""", "customer")]
    [InlineData("""{ "customer": "\ud800", "lines": [{ "sku": "A", "quantity": 1 }] }""", "$")]
    [InlineData("""{ "\ud800": 1, "lines": [{ "sku": "A", "quantity": 1 }] }""", "$")]
    [InlineData("""{ "customer": "Ada" }""", "lines")]
    [InlineData("""{ "customer": "Ada", "lines": [] }""", "lines")]
    [InlineData("""{ "customer": "Ada", "lines": {} }""", "lines")]
    [InlineData("""{ "customer": "Ada", "lines": [{ "sku": "A", "quantity": 100 }] }""", "lines[0].quantity")]
    [InlineData("""{ "customer": "Ada", "lines": [{ "sku": "A", "quantity": 1.5 }] }""", "lines[0].quantity")]
    [InlineData("""{ "customer": "Ada", "lines": [{ "sku": "A" }] }""", "lines[0].quantity")]
    [InlineData("""{ "customer": "Ada", "lines": [{ "sku": "123456789012345678901", "quantity": 1 }] }""", "lines[0].sku")]
    public async Task Anything_else_is_refused_where_it_is_wrong(string body, string where)
    {
        var (_, problems) = await ReadAsync(body);

        problems.ShouldHaveSingleItem().Where.ShouldBe(where);
    }

    [Fact]
    public async Task More_lines_than_an_order_may_have_are_one_problem()
    {
        var lines = string.Join(',', Enumerable.Range(1, 21).Select(number => $$"""{ "sku": "S{{number}}", "quantity": 1 }"""));

        var (_, problems) = await ReadAsync($$"""{ "customer": "Ada", "lines": [{{lines}}] }""");

        problems.ShouldHaveSingleItem().ShouldBe(new RequestProblem("lines", "Give a list of 1 to 20 lines."));
    }

    private static async Task<(OrderRequest Request, IReadOnlyList<RequestProblem> Problems)> ReadAsync(string body)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(body));
        return await OrderRequestReader.ReadAsync(stream, TestContext.Current.CancellationToken);
    }
}
