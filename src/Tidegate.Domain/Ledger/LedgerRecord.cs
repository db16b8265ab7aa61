using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Tidegate;

/// <summary>One fact in its place: chained by hash to the one before, so that a change, a gap or a swap shows.</summary>
/// <param name="Stream">An environment's name, or the one that artifacts are kept under.</param>
/// <param name="Sequence">From 1, without gaps.</param>
/// <param name="At">Wall clock, for people; nothing is decided by it.</param>
/// <param name="Payload">The fact as JSON, exactly as hashed.</param>
/// <param name="Hash">sha256 over all of this and the hash before, as hex.</param>
public sealed record LedgerRecord(string Stream, long Sequence, DateTimeOffset At, string Payload, string Hash)
{
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        // An infinite strength (one error where none is allowed) is a fact like any other.
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>The hash before the first record of a stream.</summary>
    public const string Genesis = "tidegate-ledger-1";

    private LedgerFact? _fact;

    /// <summary>A record that keeps its fact as it is, for a ledger that forgets: it proves nothing, and costs nothing.</summary>
    public static LedgerRecord Unproved(string stream, long sequence, DateTimeOffset at, LedgerFact fact) =>
        new(stream, sequence, at, "", "") { _fact = fact };

    public static LedgerRecord Next(string stream, long sequence, string previousHash, DateTimeOffset at, LedgerFact fact)
    {
        var payload = JsonSerializer.Serialize(fact, Form);
        return new(stream, sequence, at, payload, Chain(stream, sequence, previousHash, at, payload));
    }

    /// <exception cref="JsonException">The payload is no fact that this version knows.</exception>
    public LedgerFact Fact() => _fact ?? JsonSerializer.Deserialize<LedgerFact>(Payload, Form) ?? throw new JsonException("the record is empty");

    /// <summary>The record is what was written, and follows the one with this hash.</summary>
    public bool Follows(string previousHash) => Hash == Chain(Stream, Sequence, previousHash, At, Payload);

    private static string Chain(string stream, long sequence, string previousHash, DateTimeOffset at, string payload) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(
            '\n', previousHash, stream, sequence.ToString(CultureInfo.InvariantCulture), at.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture), payload))));
}
