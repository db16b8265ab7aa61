namespace Tidegate;

/// <summary>One false-alarm budget for all signals: a weighted mean of their evidence.</summary>
/// <remarks>Valid under any dependence between the signals, and the only admissible way to merge e-values
/// (Vovk and Wang, Ann. Statist. 2021, arXiv 1912.06116; Wang, arXiv 2409.19888). The weights sum to 1.</remarks>
/// <param name="Errors">Failed requests, all endpoints together.</param>
/// <param name="Hard">Failed requests far beyond the baseline's, from the first second.</param>
/// <param name="Endpoints">Failed requests by endpoint, shared evenly among them.</param>
/// <param name="Slow99">Requests slower than the baseline's 99th percentile.</param>
/// <param name="Slow90">Requests slower than the baseline's 90th percentile.</param>
/// <param name="Slow50">Requests slower than the baseline's median.</param>
/// <param name="Memory">Growth of memory.</param>
public sealed record ErrorBudget(double Errors, double Hard, double Endpoints, double Slow99, double Slow90, double Slow50, double Memory)
{
    public static ErrorBudget Default { get; } = new(0.35, 0.05, 0.25, 0.12, 0.08, 0.05, 0.10);

    /// <summary>1 up to rounding; a gate refuses anything else.</summary>
    public double Total => Errors + Hard + Endpoints + Slow99 + Slow90 + Slow50 + Memory;

    /// <summary>ln of the weighted mean of evidence given in nats.</summary>
    public double Merge(double errors, double hard, double endpoints, double slow99, double slow90, double slow50, double memory) =>
        LogDomain.Sum([Math.Log(Errors) + errors, Math.Log(Hard) + hard, Math.Log(Endpoints) + endpoints, Math.Log(Slow99) + slow99,
            Math.Log(Slow90) + slow90, Math.Log(Slow50) + slow50, Math.Log(Memory) + memory]);
}
