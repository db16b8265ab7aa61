using CsCheck;
using Tidegate.Engine;

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
        for (var i = 0; i < 5; i++) (await Ledger.AppendAsync("prod", i, Some.Intent(i), Token)).ShouldBeOfType<AppendResult.Appended>();

        var records = await Ledger.ReadAsync("prod", Token);

        records.Select(r => r.Sequence).ShouldBe([1, 2, 3, 4, 5]);
        records.Select(r => r.Fact()).ShouldBe(Enumerable.Range(0, 5).Select(Some.Intent));
        records[0].Follows(LedgerRecord.Genesis).ShouldBeTrue();
        records.Zip(records.Skip(1)).ShouldAllBe(pair => pair.Second.Follows(pair.First.Hash));
    }

    [Fact]
    public async Task The_acknowledged_record_is_the_one_that_is_read()
    {
        var result = await Ledger.AppendAsync("prod", 0, Some.Intent(1), Token);

        (await Ledger.ReadAsync("prod", Token)).ShouldBe([result.ShouldBeOfType<AppendResult.Appended>().Record]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_writer_that_has_not_seen_the_last_record_is_told_and_changes_nothing(int expected)
    {
        for (var i = 0; i < 2; i++) await Ledger.AppendAsync("prod", i, Some.Intent(i), Token);

        var result = await Ledger.AppendAsync("prod", expected, Some.Intent(9), Token);

        result.ShouldBe(new AppendResult.Conflict(2));
        (await Ledger.ReadAsync("prod", Token)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Streams_know_nothing_of_each_other()
    {
        await Ledger.AppendAsync("prod", 0, Some.Intent(1), Token);
        await Ledger.AppendAsync("gamma", 0, Some.Intent(2), Token);

        (await Ledger.ReadAsync("gamma", Token)).ShouldHaveSingleItem().Fact().ShouldBe(Some.Intent(2));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Prod")]
    [InlineData("../prod")]
    [InlineData("prod/../../x")]
    [InlineData("prod\n")]
    [InlineData("еu-west")]
    [InlineData("a123456789012345678901234567890123456789012345678901234567890123")]
    public async Task A_name_that_could_be_a_path_or_look_like_another_is_a_defect_of_the_caller(string name)
    {
        await Should.ThrowAsync<ArgumentException>(() => Ledger.ReadAsync(name, Token));
        await Should.ThrowAsync<ArgumentException>(() => Ledger.AppendAsync(name, 0, Some.Intent(1), Token));
        await Should.ThrowAsync<ArgumentException>(() => Ledger.AcquireAsync(name, "me", Token));
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

    [Fact]
    public async Task A_lease_that_ends_twice_does_not_end_the_next_ones()
    {
        var first = (await Ledger.AcquireAsync("prod", "first", Token)).ShouldBeOfType<LeaseResult.Granted>().Lease;
        await first.DisposeAsync();
        await using var second = (await Ledger.AcquireAsync("prod", "second", Token)).ShouldBeOfType<LeaseResult.Granted>().Lease;

        await first.DisposeAsync();

        (await Ledger.AcquireAsync("prod", "third", Token)).ShouldBeOfType<LeaseResult.HeldBy>().Owner.ShouldContain("second");
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
                switch (await Ledger.AppendAsync(name, believed[writer], Some.Intent(i), Token))
                {
                    case AppendResult.Appended appended:
                        acknowledged.Add(Some.Intent(i));
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
