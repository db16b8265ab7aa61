namespace Tidegate.Pipeline;

/// <summary>How a stage, or a command of a person, ended.</summary>
/// <param name="Because">For people, one line.</param>
/// <param name="Run">What the ledger holds of it now; null when nothing was begun.</param>
/// <param name="Recorded">Nothing was done now: the ledger already had the answer.</param>
public sealed record StageEnd(Outcome Outcome, string Because, StageRun? Run = null, bool Recorded = false);
