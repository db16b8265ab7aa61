namespace Tidegate.Edge.Counting;

/// <summary>A request from the moment an instance was picked for it: an exposure of that instance, whoever answers in
/// the end.</summary>
internal sealed class OpenRequest(
    InstanceCounts instance,
    EndpointCounts endpoint,
    EventCounts instanceEndpoint,
    long began) : IDisposable
{
    public InstanceCounts Instance => instance;

    public EndpointCounts Endpoint => endpoint;

    public EventCounts InstanceEndpoint => instanceEndpoint;

    public long Began => began;

    public bool HasFailed { get; set; }

    public bool HasEnded { get; set; }

    /// <summary>The picked instance failed, and another one is asked: an error already, whatever the user
    /// gets.</summary>
    public void TryAgain() => instance.Version.TryAgain(this);

    /// <summary>The connection was upgraded: the answer was complete, and what is said from now on takes as long as
    /// both sides like.</summary>
    public void StopClock() => instance.Version.StopClock(this);

    public void End(AnswerKind kind) => instance.Version.End(this, kind, left: false);

    /// <summary>The user broke it off: nobody is to blame, and it took as long as he waited.</summary>
    public void Leave() => instance.Version.End(this, kind: null, left: true);

    /// <summary>It ends, whatever was thrown; what is our own fault is nobody's error.</summary>
    public void Dispose() => instance.Version.End(this, kind: null, left: false);
}
