using Microsoft.Data.Sqlite;
using Tidegate.Engine;

namespace Tidegate.Ledger;

/// <summary>Every reason why a ledger is refused, each with what to do next. Codes TG4001 to TG4014, TG4016 and
/// TG4017.</summary>
internal static class LedgerRefusal
{
    /// <summary>After this one it is unknown what the disk holds.</summary>
    public const string NotWrittenCode = "TG4010";

    private const int Corrupt = 11;
    private const int NoDatabase = 26;
    private const int Full = 13;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int CannotOpen = 14;
    private const int Busy = 5;
    private const int Locked = 6;

    public static LedgerRefusedException NotAFile(string path, string what) => Of(
        "TG4001", path, $"this is {what}, and a ledger is kept in plain files and folders only.", "Remove it, or name another place with --ledger.");

    public static LedgerRefusedException Exposed(string path, string what) => Of(
        "TG4002", path, what, $"Look into who changed it; then make it yours alone: chown to yourself, and chmod go-w '{path}'.");

    public static LedgerRefusedException NotALedger(string path) => Of(
        "TG4003", path, "this file is no ledger of Tidegate's.", "Name the ledger's file with --ledger.");

    public static LedgerRefusedException Newer(string path, long version) => Of(
        "TG4004", path, $"the ledger has form {version}; this Tidegate knows form {LedgerSchema.Version}.", "Use the Tidegate that wrote it, or a newer one.");

    public static LedgerRefusedException Foreign(string path, string owner, string project) => Of(
        "TG4005", path, $"the ledger belongs to '{Printable.Text(owner, 80)}', and this is '{project}'.", "Name this project's own ledger with --ledger.");

    public static LedgerRefusedException Damaged(string path, string what, Exception? inner = null) => Of(
        "TG4006", path, $"the ledger is damaged: {what}", "Keep the file for the inquiry, and put a copy from before the damage in its place.", inner);

    public static LedgerRefusedException Broken(string path, string stream, long sequence, string what) => Of(
        "TG4007", $"{path}, {stream}, record {sequence}", what, "Keep the file for the inquiry, and put a copy from before the change in its place.");

    public static LedgerRefusedException Behind(string path, string stream, string what) => Of(
        "TG4008", $"{path}, {stream}", what, "Put the newest ledger back, with the '-wal' file beside it if there is one. If it is lost for good, move its whole folder away and begin anew.");

    public static LedgerRefusedException UnknownFact(string path, string stream, long sequence, Exception inner) => Of(
        "TG4009", $"{path}, {stream}, record {sequence}", "the record is intact, but this Tidegate does not know what it says.", "Use the Tidegate that wrote it, or a newer one.", inner);

    public static LedgerRefusedException NotWritten(string path, string what, Exception? inner = null) => Of(
        NotWrittenCode, path, $"the ledger cannot be written: {what}", "Make room, or make the disk writable, then run the command again: it goes on from the last record.", inner);

    public static LedgerRefusedException StaysBusy(string path, Exception inner) => Of(
        "TG4011", path, $"another process has kept the ledger locked for {LedgerConnection.PatienceSeconds} seconds.", "See which process has the file open (fuser), then run the command again.", inner);

    public static LedgerRefusedException TooLarge(string path, string stream, int bytes) => Of(
        "TG4012", $"{path}, {stream}", $"a record of {bytes} bytes; at most {SqliteLedger.LargestPayload} are kept.", "Split the pipeline: one record holds one stage's whole plan.");

    public static LedgerRefusedException NoLocks(string path, string what) => Of(
        "TG4013", path, $"locks do not work here: {what}", "Put the ledger on a local disk of the machine that releases.");

    public static LedgerRefusedException Replaced(string path) => Of(
        "TG4014", path, "the ledger was deleted or replaced while it was in use.", "Put it back, then run the command again.");

    public static LedgerRefusedException NoReserve(string path, int bytes, Exception inner) => Of(
        "TG4016", path,
        $"there is no room for the {bytes / 1024 / 1024} MiB that are kept free for taking a release back: {inner.Message}",
        "Make room, then run the command again. Nothing was begun.", inner);

    public static LedgerRefusedException LateUnfit(string path, string what, Exception? inner = null) => Of(
        "TG4017", path, $"what was done while the ledger could not be written does not fit it: {what}",
        "Look with Status at what runs. Then move this file away; the release that it tells of is to be taken back "
        + "or released again by hand.", inner);

    /// <summary>SQLite's own words, sorted into ours.</summary>
    public static LedgerRefusedException From(SqliteException problem, string path) => problem.SqliteErrorCode switch
    {
        NoDatabase => NotALedger(path),
        Corrupt => Damaged(path, problem.Message, problem),
        Full => NotWritten(path, "the disk is full.", problem),
        ReadOnly or InputOutput or CannotOpen => NotWritten(path, problem.Message, problem),
        Busy or Locked => StaysBusy(path, problem),
        _ => Damaged(path, problem.Message, problem),
    };

    private static LedgerRefusedException Of(string code, string where, string what, string nextStep, Exception? inner = null) =>
        new(new Problem(code, where, what, nextStep), inner);
}
