using System.Security.Cryptography;
using Tidegate.LocalCloud.Contract;
using Tidegate.LocalCloud.Control;
using Tidegate.LocalCloud.Processes;
using Tidegate.LocalCloud.Regions;
using Tidegate.LocalCloud.State;
using Tidegate.LocalCloud.Workloads;

namespace Tidegate.LocalCloud.Hosting;

/// <summary>The cloud itself: one for a clone, until it is told to end.</summary>
internal static class CloudHost
{
    /// <summary>Another cloud has this clone.</summary>
    public const int Taken = 41;

    private static readonly TimeSpan KeepEvery = TimeSpan.FromSeconds(10);

    public static async Task<int> ServeAsync(CloudArguments arguments)
    {
        var places = arguments.Places;
        places.Ensure();
        using var state = FileLock.TryTake(places.Lock);
        using var run = FileLock.TryTake(Path.Combine(places.Run, "cloud.lock"));
        if (state is null || run is null)
        {
            await Console.Error.WriteLineAsync($"Another cloud holds {(state is null ? places.Lock : places.Run)}.");
            return Taken;
        }

        PrivateFolder.Ensure(Path.Combine(places.Run, "i"));
        File.Delete(places.ControlSocket);
        places.Remember();
        var time = TimeProvider.System;
        await using var app = Build(places);
        using var host = new WorkloadHost(places, time);
        var services = new RegionServices(
            host,
            new CloudFiles(places),
            new IdSequence(Path.Combine(places.State, "sequence")),
            RandomNumberGenerator.GetHexString(32, lowercase: true),
            app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Tidegate"));
        using var cloud = new Cloud(services);
        await cloud.RestoreAsync(CancellationToken.None);

        var forget = false;
        var lifetime = app.Services.GetRequiredService<IHostApplicationLifetime>();
        var info = new CloudInfo(CloudProtocol.Version, arguments.Build, Environment.ProcessId, time.GetUtcNow(), places.State);
        new ControlApi(cloud, info, what =>
        {
            forget = what;
            lifetime.StopApplication();
        }).Map(app);

        await app.StartAsync();
        var keeping = KeepHouseAsync(cloud, services, lifetime);
        await app.WaitForShutdownAsync();
        await keeping;
        var done = await cloud.StopAsync(forget);
        if (Directory.Exists(places.Run)) File.Delete(places.ControlSocket);
        places.Forget();
        return done ? 0 : CloudProgram.Failed;
    }

    private static WebApplication Build(CloudPlaces places)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = places.State });
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Warning).AddFilter("Tidegate", LogLevel.Information).AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
        });
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(5));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = CloudProtocol.LargestBody;
            kestrel.ListenUnixSocket(places.ControlSocket);
        });
        return builder.Build();
    }

    /// <summary>Keeps logs small, and ends a cloud that nobody can reach any more: the next one brings back what is desired, where it can be reached.</summary>
    /// <remarks>Logging out removes XDG_RUNTIME_DIR with all sockets in it. Such a cloud can be told nothing and its edges reach no instance,
    /// while it holds the lock of the state, so that no other could start.</remarks>
    private static async Task KeepHouseAsync(Cloud cloud, RegionServices services, IHostApplicationLifetime lifetime)
    {
        var (places, stopping) = (services.Host.Places, lifetime.ApplicationStopping);
        using var cadence = new PeriodicTimer(KeepEvery, services.Host.Time);
        try
        {
            while (await cadence.WaitForNextTickAsync(stopping))
            {
                LogKeeper.Keep(places, cloud.Present());
                FolderKeeper.Keep(places, cloud.Present);
                if (File.Exists(places.ControlSocket)) continue;

                services.Log.CutOff(places.ControlSocket);
                lifetime.StopApplication();
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
    }
}
