using System.Net;
using System.Runtime.InteropServices;

namespace Tidegate.Edge.Standalone;

/// <summary>An edge by itself, told by a file where to send requests.</summary>
internal static class EdgeProgram
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not ["--config", var path])
        {
            await Console.Error.WriteLineAsync("Usage: Tidegate.Edge --config edge.json");
            return 30;
        }

        using var stopping = new CancellationTokenSource();
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        try
        {
            await ServeAsync(path, stopping.Token);
            return 0;
        }
        catch (InvalidDataException problem)
        {
            await Console.Error.WriteLineAsync(problem.Message);
            return 30;
        }

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stopping.Cancel();
        }
    }

    private static async Task ServeAsync(string path, CancellationToken stopping)
    {
        var file = EdgeFile.Read(path);
        if (!IPEndPoint.TryParse(file.Listen, out var listen)) throw new InvalidDataException($"{path}: listen '{file.Listen}' is not an address and a port.");
        if (!IPEndPoint.TryParse(file.Metrics, out var metrics)) throw new InvalidDataException($"{path}: metrics '{file.Metrics}' is not an address and a port.");

        var options = new EdgeOptions(file.ProbeKey, TimeProvider.System.GetTimestamp(), TimeProvider.System) { Listen = listen.Address, Port = listen.Port };
        await using var edge = await EdgeServer.StartAsync(options, stopping);
        Take(edge, file, path);
        await using var page = await MetricsPage.StartAsync(metrics, edge, stopping);
        await Console.Out.WriteLineAsync($"Users: {edge.Address} Metrics: {page.Address}metrics");
        await FollowAsync(edge, path, stopping);
    }

    /// <summary>A file that cannot be used is reported and otherwise ignored: the routing in force is the better one.</summary>
    private static async Task FollowAsync(EdgeServer edge, string path, CancellationToken stopping)
    {
        var seen = File.GetLastWriteTimeUtc(path);
        using var cadence = new PeriodicTimer(LookEvery, TimeProvider.System);
        try
        {
            while (await cadence.WaitForNextTickAsync(stopping))
            {
                if (File.GetLastWriteTimeUtc(path) is var written && written == seen) continue;

                seen = written;
                try
                {
                    Take(edge, EdgeFile.Read(path), path);
                    await Console.Out.WriteLineAsync($"{path} is in force.");
                }
                catch (InvalidDataException problem)
                {
                    await Console.Error.WriteLineAsync($"Ignored: {problem.Message}");
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
    }

    private static void Take(EdgeServer edge, EdgeFile file, string path)
    {
        try
        {
            edge.Route(file.Routing);
        }
        catch (Exception problem) when (problem is ArgumentException or UriFormatException)
        {
            throw new InvalidDataException($"{path}: {problem.Message}", problem);
        }
    }
}
