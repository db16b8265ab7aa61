using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration.Json;
using Orders.Downstream;
using Orders.Faults;
using Orders.Settings;
using Orders.Starting;
using Orders.Storage;
using Orders.Web;

namespace Orders;

/// <summary>Puts the service together from its settings.</summary>
internal static class OrdersService
{
    /// <summary>The exit code of a service that cannot start as it is configured (EX_CONFIG of sysexits.h).</summary>
    public const int ConfigurationExitCode = 78;

    public const string ReleaseSettingsFile = "appsettings.release.json";

    private const int LargestBodyBytes = 16 * 1024;
    private const int MostConnections = 2_000;
    private static readonly TimeSpan TimeToFinish = TimeSpan.FromSeconds(10);

    /// <summary>Runs until it is told to stop; then it finishes the requests it has.</summary>
    /// <returns>0, or <see cref="ConfigurationExitCode"/> with every problem written to <paramref name="errors"/>.</returns>
    public static async Task<int> RunAsync(string[] args, string settingsFolder, TextWriter errors, CancellationToken cancellationToken)
    {
        try
        {
            await using var app = Build(args, settingsFolder, TimeProvider.System);
            await ((IHost)app).RunAsync(cancellationToken);
            return 0;
        }
        catch (SettingsException exception)
        {
            await errors.WriteLineAsync(exception.Message);
        }
        catch (InvalidDataException exception) // a settings file that is not JSON
        {
            await errors.WriteLineAsync($"Orders cannot start: {exception.Message} {exception.GetBaseException().Message}");
        }
        return ConfigurationExitCode;
    }

    /// <param name="args">Settings on the command line; they win over everything.</param>
    /// <param name="settingsFolder">Where appsettings.json and, if the pipeline wrote one, appsettings.release.json lie.</param>
    /// <param name="time">The clock of delays, deadlines and order dates.</param>
    /// <exception cref="SettingsException">The settings do not allow a start.</exception>
    public static WebApplication Build(string[] args, string settingsFolder, TimeProvider time)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            Args = args,
            ApplicationName = "Orders",
            ContentRootPath = settingsFolder, // not the current folder: a copy finds its settings wherever it is started
            EnvironmentName = Environments.Production,
        });
        AddReleaseSettings(builder.Configuration);
        var settings = ServiceSettings.Read(builder.Configuration);
        if (settings.Faults.CrashAtStart) throw new InvalidOperationException("This release crashes at start on purpose (Faults:CrashAtStart).");

        ConfigureServer(builder);
        AddServices(builder.Services, settings, time);
        return Compose(builder.Build(), settings);
    }

    /// <summary>Above appsettings.json, below environment and command line.</summary>
    private static void AddReleaseSettings(ConfigurationManager configuration)
    {
        var above = configuration.Sources.ToList().FindLastIndex(source => source is JsonConfigurationSource);
        configuration.Sources.Insert(above + 1, new JsonConfigurationSource { Path = ReleaseSettingsFile, Optional = true });
    }

    private static void ConfigureServer(WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBodyBytes;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
            kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http1);
        });
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeToFinish);
    }

    private static void AddServices(IServiceCollection services, ServiceSettings settings, TimeProvider time)
    {
        services.AddSingleton(settings);
        services.AddSingleton(time);
        services.AddSingleton(new OrderStore(settings.Instance.DataFolder, settings.Orders.KeepOrders, settings.Faults.OrderFormat));
        var metrics = new ServiceMetrics(settings.Instance, time);
        var stray = new StrayCalls(settings.Faults.StrayCatalogCalls, new InstanceLuck(settings.Instance.Instance));
        services.AddSingleton(_ => new CatalogClient(settings.Instance.Catalog, metrics, stray, time));
        services.AddSingleton(metrics);
        services.AddSingleton(new Leak(settings.Faults, time));
        services.AddSingleton<Opening>();
        services.AddHostedService(provider => provider.GetRequiredService<Opening>());
        services.AddHostedService(provider => provider.GetRequiredService<Leak>());
    }

    private static WebApplication Compose(WebApplication app, ServiceSettings settings)
    {
        var metrics = app.Services.GetRequiredService<ServiceMetrics>();
        var lastResort = new LastResort(app.Services.GetRequiredService<ILogger<LastResort>>());
        var faults = new FaultInjection(settings.Faults, new InstanceLuck(settings.Instance.Instance), app.Services.GetRequiredService<TimeProvider>());

        app.UseRouting();
        app.Use(metrics.InvokeAsync);
        app.Use(lastResort.InvokeAsync);
        if (faults.IsOn) app.Use(faults.InvokeAsync);
        app.MapOrders();
        app.MapOperations(metrics);
        app.MapPage();
        return app;
    }
}
