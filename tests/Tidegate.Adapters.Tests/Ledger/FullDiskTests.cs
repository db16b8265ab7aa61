using System.Runtime.Versioning;
using Tidegate.Engine;
using Tidegate.Ledger;
using Tidegate.Testing;

namespace Tidegate.Adapters.Tests.Ledger;

/// <summary>A real disk that is full, or can only be read: a whole way back is taken and recorded, and nothing leads
/// forward.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class FullDiskTests : IDisposable
{
    private const string Stream = "production";

    private readonly SmallDisk _disk = new(mebibytes: 16);
    private readonly PipelineDefinition _pipeline = Some.Pipeline();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string File => _disk["ledger/ledger.db"];

    public void Dispose() => _disk.Dispose();

    [Fact]
    public async Task The_space_that_was_kept_takes_the_record_of_a_whole_way_back()
    {
        await using var ledger = LateLedger.Open(File, "orders", TimeProvider.System);
        var sequence = await BeginAsync(ledger);
        _disk.Fill();

        sequence = await GoBackAsync(ledger, sequence);

        ledger.Unrecorded.ShouldBeNull();
        await using var other = SqliteLedger.Open(_disk["ledger/ledger.db"], "orders", TimeProvider.System);
        (await other.ReadAsync(Stream, Token)).Count.ShouldBe((int)sequence);
    }

    [Fact]
    public async Task A_release_is_not_begun_where_the_space_for_its_way_back_cannot_be_kept()
    {
        await using var ledger = LateLedger.Open(File, "orders", TimeProvider.System);
        await ledger.AppendAsync(Stream, 0, Facts.Intent(1), Token);
        _disk.Fill();

        (await Should.ThrowAsync<LedgerRefusedException>(() => BeginAsync(ledger, 1))).Problem.Code.ShouldBe("TG4016");

        _disk.Clear();
        (await BeginAsync(ledger, 1)).ShouldBeGreaterThan(1, "once there is room, the same run goes on");
    }

    [Fact]
    public async Task A_folder_that_can_only_be_read_keeps_no_run_from_going_back_and_the_next_one_records_it()
    {
        long sequence;
        await using (var ledger = LateLedger.Open(File, "orders", TimeProvider.System)) sequence =
            await BeginAsync(ledger);
        await using (var ledger =
            SqliteLedger.Open(File, "orders", TimeProvider.System)) await (await LeaseAsync(ledger)).DisposeAsync();
        _disk.MakeReadOnly();

        await using (var ledger = LateLedger.Open(File, "orders", TimeProvider.System))
        {
            await using var lease = await LeaseAsync(ledger);
            await Should.ThrowAsync<LedgerRefusedException>(() =>
                ledger.AppendAsync("gamma", 0, Facts.Intent(1), Token));
            (await ledger.ReadAsync(Stream, Token)).Count.ShouldBe((int)sequence);
            sequence = await GoBackAsync(ledger, sequence);
            ledger.Unrecorded.ShouldNotBeNull();
            (await ledger.AcquireAsync(Stream, "another", Token)).ShouldBeOfType<LeaseResult.HeldBy>();
        }

        _disk.MakeWritable();
        await using var next = LateLedger.Open(File, "orders", TimeProvider.System);
        (await next.ReadAsync(Stream, Token)).Count.ShouldBe((int)sequence);
        next.Unrecorded.ShouldBeNull();
        ReleaseHistory.Fold(await next.ReadAsync(Stream, Token)).Runs.ShouldHaveSingleItem()
            .Release.State.ShouldBeOfType<ReleaseState.RolledBack>();
    }

    [Fact]
    public async Task A_disk_that_is_full_already_is_opened_by_giving_up_what_was_kept()
    {
        long sequence;
        await using (var ledger = LateLedger.Open(File, "orders", TimeProvider.System)) sequence =
            await BeginAsync(ledger);
        _disk.Fill();

        await using var next = LateLedger.Open(File, "orders", TimeProvider.System);
        await next.ReadAsync(Stream, Token);
        await GoBackAsync(next, sequence);

        next.Unrecorded.ShouldBeNull();
    }

    private static async Task<IEnvironmentLease> LeaseAsync(ILedger ledger) =>
        (await ledger.AcquireAsync(Stream, "this test", Token)).ShouldBeOfType<LeaseResult.Granted>().Lease;

    /// <summary>A canary that bakes.</summary>
    private async Task<long> BeginAsync(LateLedger ledger, long sequence = 0)
    {
        var plan =
            PlanBuilder.Build(_pipeline, Stage.Canary, Some.Artifact("two"), "orders-two",
                new EnvironmentObservation(Stream, [])) with
        {
            Before =
                [.. _pipeline[Stage.Canary].Environment.Regions.Select(r =>
                    new RestoreStep(r.Name, Some.Digest("one"), r.Instances))],
        };
        foreach (
            var fact in new LedgerFact[] { new LedgerFact.Planned(plan, "asked for"),
                new LedgerFact.Happened(new ReleaseEvent.Placed(0)) })
        {
            sequence =
                (await ledger.AppendAsync(Stream, sequence, fact, Token)).ShouldBeOfType<AppendResult.Appended>()
                .Record.Sequence;
        }

        return sequence;
    }

    private async Task<long> GoBackAsync(LateLedger ledger, long sequence)
    {
        var bad =
            new ReleaseEvent.Judged(0,
                new(Verdict.Unhealthy, [new("errors", Verdict.Unhealthy, new string('x', 100_000))], []));
        var regions = _pipeline[Stage.Canary].Environment.Regions.Count;
        var facts = new List<LedgerFact> { new LedgerFact.Happened(bad) };
        for (var region = 0; region < regions; region++)
        {
            facts.Add(new LedgerFact.Intended($"back {region}", new("eu-west", [])));
            facts.Add(new LedgerFact.Happened(new ReleaseEvent.Restored(region)));
        }

        foreach (var fact in facts)
        {
            var appended =
                (await ledger.AppendAsync(Stream, sequence, fact, Token)).ShouldBeOfType<AppendResult.Appended>();
            appended.Record.Sequence.ShouldBe(sequence + 1);
            sequence = appended.Record.Sequence;
        }

        return sequence;
    }
}
