using System.Text.Json.Serialization;

namespace Tidegate;

/// <summary>What a ledger remembers. A kind that is not known is refused: it was written by a newer Tidegate.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "fact", UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization)]
[JsonDerivedType(typeof(Packaged), "packaged")]
[JsonDerivedType(typeof(Planned), "planned")]
[JsonDerivedType(typeof(Intended), "intended")]
[JsonDerivedType(typeof(Happened), "happened")]
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
}
