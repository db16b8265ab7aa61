using System.Text.Json;
using System.Text.Json.Serialization;
using Tidegate.Engine.Simulation;

namespace Tidegate.ReleaseBenchmark.Worlds;

/// <summary>Reads worlds from a file whose own <c>format</c> explains each member.</summary>
internal static class WorldFile
{
    /// <summary>An instance's memory is never still, in MiB: no file says so, and a gate must bear it.</summary>
    private const double MemoryNoise = 3;

    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public static IReadOnlyList<ReleaseWorld> Read(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        var worlds = document.RootElement.GetProperty("worlds").EnumerateArray();
        return [.. worlds.Select(w => Of(w.Deserialize<WrittenWorld>(Form)!))];
    }

    private static ReleaseWorld Of(WrittenWorld written) => new(
        written.Name,
        Enum.Parse<Expected>(written.Expected, ignoreCase: true),
        written.About,
        new SimulatedWorld
        {
            Traffic = written.Traffic,
            Failure = written.Failure,
            CallsFail = written.CallsFail,
            Cluster = written.Cluster,
            SlowCluster = written.SlowCluster,
            Median = written.Median,
            Sigma = written.Sigma,
            Incidents = written.Incidents is { } i
                ? new(Duration.Read(i.Every), Duration.Read(i.Lasts), i.From, i.To, Place(i.Where))
                : null,
            Restarts = written.Restarts,
            ReadinessMisses = written.ReadinessMisses,
            RegionSpread = written.RegionSpread,
            InstanceSpread = written.InstanceSpread,
            Pauses = written.Pauses is { } p ? new(p.Windows, p.Slow) : null,
            Job = written.Job is { } j ? new(Duration.Read(j.Every), Duration.Read(j.Lasts), j.Failure) : null,
            Start = written.Start is { } s ? new(s.Strength, Duration.Read(s.Lasts), Fails(s.What)) : null,
            Cache = written.Cache is { } c ? new(c.Slower, Duration.Read(c.Lasts)) : null,
            Churn = written.Churn is { } n ? new(n.Failure, Duration.Read(n.Lasts)) : null,
            Heap = written.Heap is { } h ? new(h.Grows, Duration.Read(h.Within)) : null,
            MemoryNoise = MemoryNoise,
            History = written.History is { } before ? new(before.Requests, before.Failures) : null,
            Day = written.Day is { } day ? new(day.Peak, TimeSpan.FromHours(day.At)) : null,
            JourneysAsUsers = AsUsers(written.Journeys),
            Fault = written.Fault is { } fault ? Of(fault) : null,
        });

    private static SimulatedFault Of(WrittenFault written) => new()
    {
        From = Duration.Read(written.From),
        Until = written.Until is { } until ? Duration.Read(until) : TimeSpan.MaxValue,
        Region = written.Region,
        Endpoint = written.Endpoint,
        Errors = written.Errors,
        Latency = written.Latency,
        Median = written.Median,
        NotFound = written.NotFound,
        EmptyBody = written.EmptyBody,
        JourneyOnly = written.JourneyOnly,
        Crash = written.Crash is { } crash ? Duration.Read(crash) : null,
        Memory = written.Memory,
        LostFirstTries = written.LostFirstTries,
    };

    private static IncidentPlace Place(string where) => Enum.Parse<IncidentPlace>(where, ignoreCase: true);

    private static bool Fails(string what) => what switch
    {
        "fail" => true,
        "slow" => false,
        _ => throw new InvalidDataException($"a start is 'slow' or 'fail', not '{what}'"),
    };

    private static bool AsUsers(string journeys) => journeys switch
    {
        "as users" => true,
        "never" => false,
        _ => throw new InvalidDataException($"journeys fail 'as users' or 'never', not '{journeys}'"),
    };
}
