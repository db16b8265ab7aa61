using System.Net.Sockets;
using System.Runtime.InteropServices;
using Tidegate.LocalCloud.Contract;
using Tidegate.LocalCloud.Processes;

namespace Tidegate.LocalCloud.Hosting;

/// <summary>Starts the cloud in a session of its own, with nothing inherited, and waits until it listens.</summary>
internal static class Launcher
{
    private const int SocketLevel = 1; // SOL_SOCKET of Linux
    private const int PeerCredentials = 17; // SO_PEERCRED

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan TakenAgain = TimeSpan.FromMilliseconds(500);

    public static async Task<int> LaunchAsync(CloudArguments arguments, TimeProvider time)
    {
        var places = arguments.Places;
        places.Ensure();
        if (Listener(places.ControlSocket) is { } already)
        {
            await Console.Out.WriteLineAsync($"The cloud runs already as process {already}.");
            return 0;
        }

        OutputLog.Trim(places.Log);
        var child = StartSelf(arguments);
        var start = time.GetTimestamp();
        while (time.GetElapsedTime(start) < Patience)
        {
            if (Listener(places.ControlSocket) is { } running)
            {
                await Console.Out.WriteLineAsync($"The cloud runs as process {running}.");
                return 0;
            }

            if (child.HasExited())
            {
                // Somebody else has started one in the same moment, which will answer, or is just ending one, which will not.
                if (child.ExitCode == CloudHost.Taken)
                {
                    await Task.Delay(TakenAgain, time, CancellationToken.None);
                    if (Listener(places.ControlSocket) is null) child = StartSelf(arguments);
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

    /// <summary>The process that listens, or null. No request is made, since a build waits for this program: whoever listens has restored everything already.</summary>
    private static int? Listener(string path)
    {
        if (!File.Exists(path)) return null;

        using var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false }; // one that takes nobody in must not hold us either
        try
        {
            connection.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException)
        {
            return null; // left over by one that was killed, or ending
        }

        Span<int> credentials = stackalloc int[3]; // struct ucred: process, user, group
        connection.GetRawSocketOption(SocketLevel, PeerCredentials, MemoryMarshal.AsBytes(credentials));
        return credentials[0];
    }
}
