using System.Text.Json;
using CsCheck;
using Tidegate.Engine;
using Tidegate.Testing;

namespace Tidegate.Adapters.Tests.Ledger;

/// <summary>What every ledger promises; each implementation derives and runs the same tests.</summary>
public abstract class LedgerContract : IAsyncLifetime
{
    private ILedger? _ledger;

    protected ILedger Ledger => _ledger!;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _ledger = Open();
        return ValueTask.CompletedTask;
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Ledger.DisposeAsync();
    }

    /// <summary>An empty one.</summary>
    protected abstract ILedger Open();

    [Fact]
    public async Task A_stream_that_was_never_written_is_empty() => (await Ledger.ReadAsync("prod", Token)).ShouldBeEmpty();

    [Fact]
    public async Task What_was_appended_is_read_back_in_order_and_chained()
    {
        for (var i = 0; i < 5; i++) (await Ledger.AppendAsync("prod", i, Facts.Intent(i), Token)).ShouldBeOfType<AppendResult.Appended>();

        var records = await Ledger.ReadAsync("prod", Token);

        records.Select(r => r.Sequence).ShouldBe([1, 2, 3, 4, 5]);
        records.Select(r => r.Fact()).ShouldBe(Enumerable.Range(0, 5).Select(Facts.Intent));
        records[0].Follows(LedgerRecord.Genesis).ShouldBeTrue();
        records.Zip(records.Skip(1)).ShouldAllBe(pair => pair.Second.Follows(pair.First.Hash));
    }

    [Fact]
    public async Task A_whole_plan_comes_back_as_it_was_written()
    {
        var pipeline = Some.Pipeline();
        var plan = PlanBuilder.Build(pipeline, Stage.RegionWaves, Some.Artifact("2"), "orders-2.1", new EnvironmentObservation("production", []));

        await Ledger.AppendAsync("prod", 0, new LedgerFact.Planned(plan, "asked for"), Token);

        var read = (await Ledger.ReadAsync("prod", Token)).ShouldHaveSingleItem().Fact().ShouldBeOfType<LedgerFact.Planned>();
        JsonSerializer.Serialize(read).ShouldBe(JsonSerializer.Serialize(new LedgerFact.Planned(plan, "asked for")));
    }

    [Fact]
    public async Task The_acknowledged_record_is_the_one_that_is_read()
    {
        var result = await Ledger.AppendAsync("prod", 0, Facts.Intent(1), Token);

        (await Ledger.ReadAsync("prod", Token)).ShouldBe([result.ShouldBeOfType<AppendResult.Appended>().Record]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_writer_that_has_not_seen_the_last_record_is_told_and_changes_nothing(int expected)
    {
        for (var i = 0; i < 2; i++) await Ledger.AppendAsync("prod", i, Facts.Intent(i), Token);

        var result = await Ledger.AppendAsync("prod", expected, Facts.Intent(9), Token);

        result.ShouldBe(new AppendResult.Conflict(2));
        (await Ledger.ReadAsync("prod", Token)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Streams_know_nothing_of_each_other()
    {
        await Ledger.AppendAsync("prod", 0, Facts.Intent(1), Token);
        await Ledger.AppendAsync("gamma", 0, Facts.Intent(2), Token);

        (await Ledger.ReadAsync("gamma", Token)).ShouldHaveSingleItem().Fact().ShouldBe(Facts.Intent(2));
    }

    [Fact]
    public async Task An_environment_is_one_runs_at_a_time_and_the_refused_one_learns_whose()
    {
        await using var lease = (await Ledger.AcquireAsync("prod", "job 7", Token)).ShouldBeOfType<LeaseResult.Granted>().Lease;

        (await Ledger.AcquireAsync("prod", "job 8", Token)).ShouldBeOfType<LeaseResult.HeldBy>().Owner.ShouldContain("job 7");
        var other = (await Ledger.AcquireAsync("gamma", "job 8", Token)).ShouldBeOfType<LeaseResult.Granted>().Lease;
        await other.DisposeAsync();
    }

    [Fact]
    public async Task Each_taking_has_a_higher_generation_than_the_one_before()
    {
        var generations = new List<long>();
        for (var i = 0; i < 3; i++)
        {
            await using var lease = (await Ledger.AcquireAsync("prod", "me", Token)).ShouldBeOfType<LeaseResult.Granted>().Lease;
            lease.Environment.ShouldBe("prod");
            generations.Add(lease.Generation);
        }

        generations.ShouldBe([1, 2, 3]);
    }

    /// <summary>Two writers, each with its own idea of where the stream ends: what is kept is exactly what was acknowledged.</summary>
    [Fact]
    public async Task However_two_writers_interleave_the_stream_is_the_acknowledged_facts_in_order()
    {
        var stream = 0;
        await Gen.Bool.List[0, 12].SampleAsync(async turns =>
        {
            var name = $"s{Interlocked.Increment(ref stream)}";
            var believed = new long[2];
            var acknowledged = new List<LedgerFact>();
            foreach (var (second, i) in turns.Select((second, i) => (second, i)))
            {
                var writer = second ? 1 : 0;
                switch (await Ledger.AppendAsync(name, believed[writer], Facts.Intent(i), Token))
                {
                    case AppendResult.Appended appended:
                        acknowledged.Add(Facts.Intent(i));
                        believed[writer] = appended.Record.Sequence;
                        break;
                    case AppendResult.Conflict conflict:
                        conflict.Sequence.ShouldBe(acknowledged.Count);
                        conflict.Sequence.ShouldNotBe(believed[writer]);
                        believed[writer] = conflict.Sequence;
                        break;
                }
            }

            (await Ledger.ReadAsync(name, Token)).Select(r => r.Fact()).ShouldBe(acknowledged);
        }, iter: 100, threads: 1);
    }
}
