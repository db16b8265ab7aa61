namespace Tidegate.ReleaseBenchmark.Playing;

/// <summary>How one release went.</summary>
/// <param name="To100">Until the candidate had all requests of every region; null: it never had.</param>
/// <param name="ToEnd">Until the release had ended, or was held.</param>
/// <param name="ToVerdict">From the beginning of what is wrong, or of the release, to the verdict to roll back.</param>
/// <param name="Probes">How often a region that had been released was compared once more.</param>
/// <param name="Stuck">A probe took more than ten minutes.</param>
/// <param name="Bad">Failed or too slow requests that are the release's fault.</param>
/// <param name="Accused">By what it was rolled back, or for what it was held.</param>
internal sealed record Played(
    End End, TimeSpan? To100, TimeSpan ToEnd, TimeSpan? ToVerdict, int Probes, bool Stuck, double Bad, string? Accused);

internal enum End
{
    Released,
    RolledBack,
    Held,
}
