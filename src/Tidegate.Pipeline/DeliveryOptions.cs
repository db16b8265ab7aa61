namespace Tidegate.Pipeline;

/// <summary>Where a delivery finds and keeps things.</summary>
/// <param name="Root">The repository.</param>
/// <param name="DeliveryFile">The pipeline's definition.</param>
/// <param name="Profile">Which profile of it.</param>
/// <param name="StateFolder">Artifacts, reports and the embedded platform of this clone.</param>
/// <param name="LedgerFile">The ledger.</param>
/// <param name="DryRunSeed">Null: for real.</param>
public sealed record DeliveryOptions(
    string Root,
    string DeliveryFile,
    string Profile,
    string StateFolder,
    string LedgerFile,
    int? DryRunSeed)
{
    /// <summary>Changes of what users get that are declared for this release, each as <c>GET /old: gone</c>.</summary>
    public IReadOnlyList<string> Expect { get; init; } = [];

    public string ArtifactsFolder => Path.Combine(StateFolder, "artifacts");

    public string ReportsFolder => Path.Combine(StateFolder, "reports");
}
