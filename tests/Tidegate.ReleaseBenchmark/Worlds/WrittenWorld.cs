namespace Tidegate.ReleaseBenchmark.Worlds;

/// <summary>A world as its file says it; what is left out has the default that the file's format tells.</summary>
internal sealed record WrittenWorld
{
    public required string Name { get; init; }

    public required string Expected { get; init; }

    public string About { get; init; } = "";

    public double Traffic { get; init; } = 1;

    public double Failure { get; init; } = 0.001;

    public double CallsFail { get; init; } = 0.001;

    public double Cluster { get; init; } = 1;

    public double SlowCluster { get; init; } = 1;

    public double Median { get; init; } = 50;

    public double Sigma { get; init; } = 0.6;

    public WrittenIncidents? Incidents { get; init; }

    public double Restarts { get; init; }

    public double ReadinessMisses { get; init; }

    public double RegionSpread { get; init; }

    public double InstanceSpread { get; init; }

    public WrittenPauses? Pauses { get; init; }

    public WrittenJob? Job { get; init; }

    public WrittenStart? Start { get; init; }

    public WrittenCache? Cache { get; init; }

    public WrittenChurn? Churn { get; init; }

    public WrittenHeap? Heap { get; init; }

    public WrittenHistory? History { get; init; }

    public WrittenDay? Day { get; init; }

    public string Journeys { get; init; } = "as users";

    public WrittenFault? Fault { get; init; }
}

internal sealed record WrittenIncidents(
    string Every, string Lasts, double From, double To, string Where = "everywhere");

internal sealed record WrittenPauses(double Windows, double Slow);

internal sealed record WrittenJob(string Every, string Lasts, double Failure);

internal sealed record WrittenStart(double Strength, string Lasts, string What);

internal sealed record WrittenCache(double Slower, string Lasts);

internal sealed record WrittenChurn(double Failure, string Lasts);

internal sealed record WrittenHeap(double Grows, string Within);

internal sealed record WrittenHistory(long Requests, long Failures);

internal sealed record WrittenDay(double Peak, double At);

internal sealed record WrittenFault
{
    public string From { get; init; } = "0s";

    public string? Until { get; init; }

    public string? Region { get; init; }

    public string? Endpoint { get; init; }

    public double Errors { get; init; }

    public double Latency { get; init; }

    public double Median { get; init; }

    public double NotFound { get; init; }

    public double EmptyBody { get; init; }

    public bool JourneyOnly { get; init; }

    public string? Crash { get; init; }

    public double Memory { get; init; }

    public double LostFirstTries { get; init; }
}
