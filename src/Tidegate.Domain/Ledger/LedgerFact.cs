using System.Text.Json.Serialization;

namespace Tidegate;

/// <summary>What a ledger remembers. A kind that is not known is refused: it was written by a newer Tidegate.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "fact", UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization)]
[JsonDerivedType(typeof(Packaged), "packaged")]
[JsonDerivedType(typeof(Planned), "planned")]
[JsonDerivedType(typeof(Intended), "intended")]
[JsonDerivedType(typeof(Happened), "happened")]
[JsonDerivedType(typeof(ComparisonBegan), "comparisonBegan")]
[JsonDerivedType(typeof(ComparisonSaw), "window")]
[JsonDerivedType(typeof(ComparisonEnded), "comparisonEnded")]
[JsonDerivedType(typeof(RolloutBegan), "rolloutBegan")]
[JsonDerivedType(typeof(RolloutEntered), "rolloutEntered")]
[JsonDerivedType(typeof(RolloutSaw), "rolloutWindow")]
[JsonDerivedType(typeof(RolloutReopened), "rolloutReopened")]
[JsonDerivedType(typeof(StartsSeen), "startsSeen")]
[JsonDerivedType(typeof(GatePromoted), "gatePromoted")]
public abstract record LedgerFact
{
    private LedgerFact() { }

    /// <summary>An artifact was made from these inputs.</summary>
    public sealed record Packaged(Provenance Provenance) : LedgerFact;

    /// <summary>One stage of a release begins.</summary>
    public sealed record Planned(ReleasePlan Plan, string Because) : LedgerFact;

    /// <summary>Written before an effect: this is about to be desired of a region. Its sequence is the effect's generation.</summary>
    /// <param name="Target">Null: the whole environment is removed.</param>
    public sealed record Intended(string Operation, RegionTarget? Target) : LedgerFact;

    /// <summary>Written after.</summary>
    public sealed record Happened(ReleaseEvent Event) : LedgerFact;

    /// <summary>A step's comparison begins: what the running version showed before, fixed from here on.</summary>
    /// <param name="Step">From 0.</param>
    /// <param name="Reopened">It goes on from the one before, which had been held.</param>
    public sealed record ComparisonBegan(int Step, ComparisonReference Reference, bool Reopened) : LedgerFact;

    /// <summary>One window of it.</summary>
    public sealed record ComparisonSaw(ComparisonWindow Window) : LedgerFact;

    /// <summary>It ended with a verdict, or was held.</summary>
    public sealed record ComparisonEnded(Verdict Verdict) : LedgerFact;

    /// <summary>A stage's rollout begins, or begins anew: what the running version showed in the hour before, fixed from here on.</summary>
    /// <param name="Carried">It goes on with the evidence of the stage run that its plan continues.</param>
    public sealed record RolloutBegan(RolloutReference Reference, bool Carried) : LedgerFact;

    /// <summary>A step of it begins.</summary>
    public sealed record RolloutEntered(int Step) : LedgerFact;

    /// <summary>One window of it.</summary>
    public sealed record RolloutSaw(RolloutWindow Window) : LedgerFact;

    /// <summary>It had been held for want of evidence, and is gone on with.</summary>
    public sealed record RolloutReopened : LedgerFact;

    /// <summary>A release that is through its watch tells how its instances started: the next ones may start as cold.</summary>
    public sealed record StartsSeen(StartProfile Profile) : LedgerFact;

    /// <summary>Somebody let a shadow gate decide.</summary>
    public sealed record GatePromoted(string Gate, string By, string Reason) : LedgerFact;
}
