using Orders.Settings;
using Orders.Tests.Support;

namespace Orders.Tests.Settings;

/// <summary>What happens before the service listens.</summary>
public sealed class StartTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("""{ }""")]
    [InlineData("""{ "Orders": { "Currency": "" } }""")]
    public async Task A_missing_setting_ends_the_start_with_exit_code_78_and_a_message_that_says_what_to_do(string appSettings)
    {
        await File.WriteAllTextAsync(_folder.File("appsettings.json"), appSettings, TestContext.Current.CancellationToken);
        using var errors = new StringWriter();

        var code = await RunAsync(errors);

        code.ShouldBe(78);
        errors.ToString().ShouldContain("Orders:Currency is missing or empty. Set a currency");
    }

    [Fact]
    public async Task A_settings_file_that_is_not_JSON_ends_the_start_with_exit_code_78_and_names_the_file()
    {
        await File.WriteAllTextAsync(_folder.File("appsettings.json"), """{ "Orders": """, TestContext.Current.CancellationToken);
        using var errors = new StringWriter();

        var code = await RunAsync(errors);

        code.ShouldBe(78);
        errors.ToString().ShouldContain("appsettings.json");
    }

    [Fact]
    public async Task Crash_at_start_is_an_unhandled_exception_and_not_a_settings_problem()
    {
        await File.WriteAllTextAsync(
            _folder.File("appsettings.json"),
            """{ "Orders": { "Currency": "EUR" }, "Faults": { "CrashAtStart": true } }""",
            TestContext.Current.CancellationToken);
        using var errors = new StringWriter();

        var crash = await Should.ThrowAsync<InvalidOperationException>(() => RunAsync(errors));

        crash.Message.ShouldContain("Faults:CrashAtStart");
        errors.ToString().ShouldBeEmpty();
    }

    [Fact]
    public async Task What_the_pipeline_writes_at_release_time_wins_over_the_settings_in_the_repository()
    {
        await File.WriteAllTextAsync(
            _folder.File("appsettings.json"),
            """{ "Orders": { "Currency": "EUR", "ReleaseName": "first" }, "Faults": { "ErrorRate": 0 } }""",
            TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            _folder.File(OrdersService.ReleaseSettingsFile),
            """{ "Orders": { "ReleaseName": "second" }, "Faults": { "ErrorRate": 0.25 } }""",
            TestContext.Current.CancellationToken);

        await using var service = OrdersService.Build([$"--TIDEGATE_DATA={_folder.Path}"], _folder.Path, TimeProvider.System);

        var settings = (ServiceSettings)service.Services.GetService(typeof(ServiceSettings))!;
        settings.Orders.ReleaseName.ShouldBe("second");
        settings.Orders.Currency.ShouldBe("EUR");
        settings.Faults.ErrorRate.ShouldBe(0.25);
    }

    [Fact]
    public async Task The_command_line_wins_over_the_release_settings()
    {
        await File.WriteAllTextAsync(
            _folder.File(OrdersService.ReleaseSettingsFile), """{ "Orders": { "Currency": "EUR" } }""", TestContext.Current.CancellationToken);

        await using var service = OrdersService.Build(
            [$"--TIDEGATE_DATA={_folder.Path}", "--Orders:Currency=SEK"], _folder.Path, TimeProvider.System);

        ((ServiceSettings)service.Services.GetService(typeof(ServiceSettings))!).Orders.Currency.ShouldBe("SEK");
    }

    public void Dispose() => _folder.Dispose();

    private Task<int> RunAsync(TextWriter errors) =>
        OrdersService.RunAsync([$"--TIDEGATE_DATA={_folder.Path}"], _folder.Path, errors, TestContext.Current.CancellationToken);
}
