using System.Net.Sockets;
using Tidegate.LocalCloud.Contract;
using Tidegate.LocalCloud.Processes;

namespace Tidegate.LocalCloud.Hosting;

/// <summary>Starts the cloud in a session of its own, with nothing inherited, and waits until it answers.</summary>
internal static class Launcher
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan TakenAgain = TimeSpan.FromMilliseconds(500);

    public static async Task<int> LaunchAsync(CloudArguments arguments, TimeProvider time)
    {
        var places = arguments.Places;
        places.Ensure();
        using var client = Client(places.ControlSocket);
        if (await AskAsync(client) is { } already)
        {
            await Console.Out.WriteLineAsync($"The cloud runs already as process {already.Pid}.");
            return 0;
        }

        OutputLog.Trim(places.Log);
        var child = StartSelf(arguments);
        var start = time.GetTimestamp();
        while (time.GetElapsedTime(start) < Patience)
        {
            if (await AskAsync(client) is { } answer)
            {
                await Console.Out.WriteLineAsync($"The cloud runs as process {answer.Pid}.");
                return 0;
            }

            if (child.HasExited())
            {
                // Somebody else has started one in the same moment, which will answer, or is just ending one, which will not.
                if (child.ExitCode == CloudHost.Taken)
                {
                    await Task.Delay(TakenAgain, time, CancellationToken.None);
                    if (await AskAsync(client) is null) child = StartSelf(arguments);
                    continue;
                }

                await Console.Error.WriteLineAsync(Failure(places, $"The cloud ended with code {child.ExitCode} instead of answering."));
                return child.ExitCode is > 0 and < 128 and var code ? code : CloudProgram.Failed;
            }

            await Task.Delay(LookEvery, time, CancellationToken.None);
        }

        child.Kill();
        await Console.Error.WriteLineAsync(Failure(places, $"The cloud did not answer within {Patience.TotalSeconds:0} s."));
        return CloudProgram.Failed;
    }

    private static string Failure(CloudPlaces places, string what) => $"{what} The end of {places.Log}:\n{string.Join('\n', OutputLog.Tail(places.Log, 20))}";

    private static WorkProcess StartSelf(CloudArguments arguments)
    {
        var places = arguments.Places;
        string[] own = ["--state", places.State, "--run", places.Run, "--build", arguments.Build, "--serve"];
        var spawn = new Spawn(
            ProgramPath.DotnetHost,
            ["exec", typeof(Launcher).Assembly.Location, .. own],
            WorkEnvironment.Clean(),
            places.State,
            places.Log,
            ProcFs.Inherited());
        return WorkProcess.Start(spawn, instance: "cloud", new Leftovers(places.State));
    }

    private static HttpClient Client(string socket) => new(new SocketsHttpHandler
    {
        UseProxy = false,
        ConnectCallback = async (_, cancellationToken) =>
        {
            var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), cancellationToken);
                return new NetworkStream(connection, ownsSocket: true);
            }
            catch
            {
                connection.Dispose();
                throw;
            }
        },
    })
    {
        BaseAddress = new Uri("http://cloud/"),
        Timeout = TimeSpan.FromSeconds(5),
    };

    private static async Task<CloudInfo?> AskAsync(HttpClient client)
    {
        try
        {
            return await client.GetFromJsonAsync("v1/cloud", CloudJson.Default.CloudInfo);
        }
        catch (Exception problem) when (problem is HttpRequestException or TaskCanceledException or System.Text.Json.JsonException)
        {
            return null;
        }
    }
}
