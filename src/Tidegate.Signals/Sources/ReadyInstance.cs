namespace Tidegate.Signals;

/// <summary>An instance that takes requests.</summary>
internal sealed record ReadyInstance(string Id, string Address)
{
    /// <summary>One of a version's, by turns, so that each is met in the course of a bake; null when none is ready.</summary>
    public static ReadyInstance? Of(VersionObservation version, int turn)
    {
        var ready = version.Instances.Where(i => i is { State: InstanceState.Ready, Address: not null }).ToList();
        return ready.Count == 0 ? null : new(ready[(turn & int.MaxValue) % ready.Count].Id, ready[(turn & int.MaxValue) % ready.Count].Address!);
    }
}
