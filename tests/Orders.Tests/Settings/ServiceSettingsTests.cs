using Microsoft.Extensions.Configuration;
using Orders.Downstream;
using Orders.Settings;

namespace Orders.Tests.Settings;

public sealed class ServiceSettingsTests
{
    [Fact]
    public void Every_fault_is_off_and_everything_else_has_its_default_when_only_what_is_required_is_set()
    {
        var settings = Read(("Orders:Currency", "EUR"), ("TIDEGATE_DATA", "/data"));

        settings.Faults.ShouldBe(new FaultSettings());
        settings.Faults.ErrorRate.ShouldBe(0);
        settings.Faults.ErrorEndpoint.ShouldBe("GET /products");
        settings.Faults.LatencyMilliseconds.ShouldBe(0);
        settings.Faults.LatencyEndpoint.ShouldBe("GET /products");
        settings.Faults.StrayCatalogCalls.ShouldBe(0);
        settings.Faults.CrashAtStart.ShouldBeFalse();
        settings.Faults.LeakMegabytesPerSecond.ShouldBe(0);
        settings.Faults.LeakAfterSeconds.ShouldBe(0);
        settings.Faults.OrderFormat.ShouldBe(1);
        settings.Orders.ShouldBe(new OrderSettings { Currency = "EUR", ReleaseName = "unnamed", KeepOrders = 10_000 });
        settings.Instance.ShouldBe(new InstanceSettings { DataFolder = "/data", Digest = "unknown", Instance = "orders", Catalog = null });
    }

    [Fact]
    public void Values_at_the_ends_of_their_ranges_are_taken()
    {
        var settings = Read(
            ("Orders:Currency", "NOK"), ("TIDEGATE_DATA", "/data"), ("Orders:KeepOrders", "100"),
            ("Faults:ErrorRate", "1"), ("Faults:ErrorEndpoint", "GET /orders/{id}"),
            ("Faults:LatencyMilliseconds", "60000"), ("Faults:LatencyEndpoint", "POST /orders"), ("Faults:CrashAtStart", "true"), ("Faults:StrayCatalogCalls", "1"),
            ("Faults:LeakMegabytesPerSecond", "0.5"), ("Faults:LeakAfterSeconds", "1.5"), ("Faults:OrderFormat", "2"));

        settings.Orders.KeepOrders.ShouldBe(100);
        settings.Faults.ShouldBe(new FaultSettings
        {
            ErrorRate = 1,
            ErrorEndpoint = "GET /orders/{id}",
            LatencyMilliseconds = 60_000,
            LatencyEndpoint = "POST /orders",
            StrayCatalogCalls = 1,
            CrashAtStart = true,
            LeakMegabytesPerSecond = 0.5,
            LeakAfterSeconds = 1.5,
            OrderFormat = 2,
        });
    }

    [Fact]
    public void All_problems_are_told_at_once_with_what_would_be_right()
    {
        var problems = Should.Throw<SettingsException>(() => Read(
            ("Orders:Currency", " "), ("Orders:KeepOrders", "99"), ("Orders:Colour", "blue"),
            ("Faults:ErrorRate", "1.01"), ("Faults:ErrorEndpoint", "GET /product"), ("Faults:LatencyMilliseconds", "-1"),
            ("Faults:CrashAtStart", "maybe"), ("Faults:LeakMegabytesPerSecond", "NaN"), ("Faults:LeakAfterSeconds", "soon"),
            ("Faults:OrderFormat", "3"), ("TIDEGATE_DEPENDENCY_CATALOG", "catalog.sock"))).Problems;

        problems.ShouldBe(
        [
            "Orders:Currency is missing or empty. Set a currency, for example \"Currency\": \"EUR\" in section Orders of appsettings.json.",
            "Orders:KeepOrders is '99'. Write a whole number from 100 to 1000000.",
            "Faults:ErrorRate is '1.01'. Write a number from 0 to 1.",
            "Faults:ErrorEndpoint is 'GET /product'. Write one of: GET /, GET /products, POST /orders, GET /orders/{id}, GET /orders/recent.",
            "Faults:LatencyMilliseconds is '-1'. Write a whole number from 0 to 60000.",
            "Faults:CrashAtStart is 'maybe'. Write true or false.",
            "Faults:LeakMegabytesPerSecond is 'NaN'. Write a number from 0 to 64.",
            "Faults:LeakAfterSeconds is 'soon'. Write a number from 0 to 86400.",
            "Faults:OrderFormat is '3'. Write a whole number from 1 to 2.",
            "TIDEGATE_DATA is missing or empty. Set it to the folder in which orders are stored.",
            "TIDEGATE_DEPENDENCY_CATALOG is 'catalog.sock'. Write unix:/path/to.sock or http://host:port.",
            "Orders:Colour is unknown. Known here: Currency, KeepOrders, ReleaseName.",
        ]);
    }

    [Theory]
    [InlineData("eur")]
    [InlineData("EURO")]
    [InlineData("E1R")]
    public void A_currency_is_three_capital_letters(string currency) =>
        Should.Throw<SettingsException>(() => Read(("Orders:Currency", currency), ("TIDEGATE_DATA", "/data")))
            .Message.ShouldContain($"Orders:Currency is '{currency}'. Write three capital letters");

    [Fact]
    public void A_catalog_is_a_socket_with_a_full_path_or_a_host_and_port()
    {
        Catalog("unix:/run/catalog.sock").ShouldBe(new CatalogAddress.UnixSocket("/run/catalog.sock"));
        Catalog("http://127.0.0.1:8080").ShouldBe(new CatalogAddress.Http(new Uri("http://127.0.0.1:8080/")));
        Catalog("unix:run/catalog.sock").ShouldBeNull();
        Catalog("https://127.0.0.1:8080").ShouldBeNull();
        Catalog("http://127.0.0.1:8080/products").ShouldBeNull();
    }

    private static CatalogAddress? Catalog(string text) => CatalogAddress.TryParse(text, out var address) ? address : null;

    private static ServiceSettings Read(params (string Key, string Value)[] settings) => ServiceSettings.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(one => one.Key, one => (string?)one.Value)).Build());
}
