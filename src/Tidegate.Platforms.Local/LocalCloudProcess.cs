using Tidegate.LocalCloud.Contract;

namespace Tidegate.Platforms.Local;

/// <summary>The clone's cloud as a process: found or started so that it outlives the build, and ended with everything it runs.</summary>
public sealed class LocalCloudProcess(CloudPlaces places, LocalCloudClient client, CarriedCloud carried, TimeProvider time)
{
    /// <summary>How long a cloud may take to answer who it is.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>How long it may take to end: users, draining and stopping of all instances.</summary>
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(120);

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);

    /// <summary>Whether a cloud was told to run this environment and has not removed it since. If no cloud runs, it was lost or stopped, and what it ran is not nothing.</summary>
    public bool IsToRun(string environment) => Directory.Exists(Path.Combine(places.State, "environments", environment));

    /// <summary>Returns when a cloud answers that this build can talk to.</summary>
    /// <returns>True when none ran, and one was started.</returns>
    /// <exception cref="LocalCloudException">It does not start or answer, or speaks another protocol.</exception>
    public async Task<bool> EnsureAsync(CancellationToken cancellationToken)
    {
        if (await AskAsync(cancellationToken) is { } running)
        {
            // Another build of the same protocol goes on: what runs must not be stopped because somebody has compiled.
            if (running.Protocol == CloudProtocol.Version) return false;
            throw new LocalCloudException($"The running local cloud (process {running.Pid}) speaks protocol {running.Protocol}, this build {CloudProtocol.Version}. Stop it with the target LocalDown of the build that started it, then call again.");
        }

        await carried.LaunchAsync(cancellationToken);
        return true;
    }

    /// <summary>Ends the cloud and everything it runs, or what is left of one that was killed.</summary>
    /// <param name="forget">Environments, their data and the generations that were seen are removed too.</param>
    /// <returns>What was done, for people.</returns>
    /// <exception cref="LocalCloudException">It does not end.</exception>
    public async Task<string> EndAsync(bool forget, CancellationToken cancellationToken)
    {
        // Asked before the folders are looked at: a clone that was cleaned has lost its state, and what ran runs on.
        var stateIsThere = Directory.Exists(places.State);
        if (await AskAsync(cancellationToken) is not { } running)
        {
            return stateIsThere || Directory.Exists(places.Run)
                ? $"No local cloud runs for this clone. {await carried.SweepAsync(forget, cancellationToken)}"
                : "Nothing to stop: no local cloud was ever started for this clone.";
        }

        try
        {
            await client.ShutdownAsync(forget, cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            throw new LocalCloudException($"The local cloud (process {running.Pid}) does not take the order to end: {exception.Message}", exception);
        }

        var start = time.GetTimestamp();
        while (IsHeld())
        {
            if (time.GetElapsedTime(start) > EndPatience) throw new LocalCloudException($"The local cloud (process {running.Pid}) has not ended after {EndPatience.TotalSeconds:0} s. Its log is {places.Log}.");
            await Task.Delay(LookEvery, time, cancellationToken);
        }

        // Without the files that it keeps, it may have stumbled before it had ended everything.
        if (!stateIsThere) await carried.SweepAsync(forget, cancellationToken);
        return $"Stopped the local cloud (process {running.Pid}) and everything it ran.";
    }

    private async Task<CloudInfo?> AskAsync(CancellationToken cancellationToken, bool lastTime = false)
    {
        using var own = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(own.Token, cancellationToken);
        try
        {
            return await client.InfoAsync(either.Token);
        }
        catch (HttpRequestException exception) when (exception.InnerException is IOException && !lastTime)
        {
            // It ended while it was being asked: then nobody listens now, or another one.
            return await AskAsync(cancellationToken, lastTime: true);
        }
        catch (HttpRequestException exception)
        {
            throw new LocalCloudException($"The local cloud cannot be used: {exception.Message}", exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new LocalCloudException($"The local cloud does not answer within {Patience.TotalSeconds:0} s. Its log is {places.Log}.", exception);
        }
    }

    /// <summary>The kernel gives its locks back when the last of it is gone. The one in the run folder is there also when the state was cleaned away.</summary>
    private bool IsHeld() => IsHeld(places.Lock) || IsHeld(Path.Combine(places.Run, Path.GetFileName(places.Lock)));

    private static bool IsHeld(string file)
    {
        try
        {
            File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
            return false;
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
