namespace Tidegate.LocalCloud.Processes;

/// <summary>Finds processes by the mark of a cloud in their environment, recorded or not.</summary>
/// <param name="mark">What this cloud gives as <see cref="WorkEnvironment.Cloud"/>: its state folder.</param>
internal sealed class Leftovers(string mark)
{
    public string Mark { get; } = mark;

    /// <summary>Ends every process of the chosen instances, and says how many there were.</summary>
    public int Kill(Func<string, bool> chosen)
    {
        var found = Find().Where(p => chosen(p.Instance)).ToList();
        foreach (var (pid, _) in found) _ = Native.Kill(pid, Native.SigKill);
        return found.Count;
    }

    /// <summary>Every process of an instance: a program may have started another one that does the work.</summary>
    public IEnumerable<int> Of(string instance) => Find().Where(p => p.Instance == instance).Select(p => p.Pid);

    private IEnumerable<(int Pid, string Instance)> Find() =>
        from pid in ProcFs.All()
        where ProcFs.Variable(pid, WorkEnvironment.Cloud) == Mark
        let instance = ProcFs.Variable(pid, WorkEnvironment.Instance)
        where instance is not null && ProcFs.Look(pid) is { IsZombie: false }
        select (pid, instance);
}
