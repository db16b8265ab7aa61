namespace Tidegate.ReleaseBenchmark.Playing;

/// <summary>How one release went.</summary>
/// <param name="To100">Until the candidate had all requests of every region; null: it never had.</param>
/// <param name="ToEnd">Until the release had ended, or was held.</param>
/// <param name="ToVerdict">From the beginning of the fault, or of the release where there is none, to the verdict to
/// roll back. Below 0: it was rolled back before anything was wrong.</param>
/// <param name="Probes">How often a region that had been released was compared once more.</param>
/// <param name="Stuck">A probe took more than ten minutes.</param>
/// <param name="Bad">Failed or too slow requests that are the release's fault.</param>
/// <param name="Accused">By what it was rolled back, or for what it was held.</param>
internal sealed record Played(
    End End, TimeSpan? To100, TimeSpan ToEnd, TimeSpan? ToVerdict, int Probes, bool Stuck, double Bad, string? Accused)
{
    /// <summary>What was wrong was found and taken back; that it was held is not enough.</summary>
    public bool Found => End == End.RolledBack && ToVerdict >= TimeSpan.Zero;
}

internal enum End
{
    Released,
    RolledBack,
    Held,
}
