using Tidegate.Engine;
using Tidegate.Ledger;
using Tidegate.Testing;

namespace Tidegate.Adapters.Tests.Ledger;

public sealed class SqliteLedgerTests : LedgerContract
{
    private readonly TemporaryFolder _folder = new();

    private string File => _folder["ledger/ledger.db"];

    protected override ILedger Open() => SqliteLedger.Open(File, "orders", TimeProvider.System);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Records_outlive_the_object_that_wrote_them()
    {
        await Ledger.AppendAsync("prod", 0, Facts.Intent(1), Token);

        await using var again = Open();

        (await again.ReadAsync("prod", Token)).ShouldHaveSingleItem().Fact().ShouldBe(Facts.Intent(1));
        (await again.AppendAsync("prod", 1, Facts.Intent(2), Token)).ShouldBeOfType<AppendResult.Appended>().Record.Sequence.ShouldBe(2);
    }

    [Fact]
    public async Task Generations_go_on_rising_and_locks_hold_across_objects()
    {
        await using var again = Open();
        var first = (await Ledger.AcquireAsync("prod", "first", Token)).ShouldBeOfType<LeaseResult.Granted>().Lease;

        (await again.AcquireAsync("prod", "second", Token)).ShouldBeOfType<LeaseResult.HeldBy>();
        await first.DisposeAsync();

        await using var second = (await again.AcquireAsync("prod", "second", Token)).ShouldBeOfType<LeaseResult.Granted>().Lease;
        second.Generation.ShouldBe(first.Generation + 1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Prod")]
    [InlineData("../prod")]
    [InlineData("prod/../../x")]
    [InlineData("prod\n")]
    [InlineData("еu-west")]
    [InlineData("a1234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567")]
    public async Task A_name_that_could_be_a_path_or_look_like_another_is_a_defect_of_the_caller(string name)
    {
        await Should.ThrowAsync<ArgumentException>(() => Ledger.ReadAsync(name, Token));
        await Should.ThrowAsync<ArgumentException>(() => Ledger.AppendAsync(name, 0, Facts.Intent(1), Token));
        await Should.ThrowAsync<ArgumentException>(() => Ledger.AcquireAsync(name, "me", Token));
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

    [Fact]
    public async Task A_record_above_the_cap_is_refused_and_the_stream_goes_on()
    {
        var huge = new LedgerFact.Intended(new string('x', SqliteLedger.LargestPayload), null);

        var refused = await Should.ThrowAsync<LedgerRefusedException>(() => Ledger.AppendAsync("prod", 0, huge, Token));

        refused.Problem.Code.ShouldBe("TG4012");
        (await Ledger.AppendAsync("prod", 0, Facts.Intent(1), Token)).ShouldBeOfType<AppendResult.Appended>();
    }

    [Fact]
    public async Task Foreign_text_in_an_owners_name_cannot_break_the_line_that_tells_it()
    {
        await using var lease = (await Ledger.AcquireAsync("prod", "a\n::error::b\u001b[31m" + new string('x', 5000), Token)).ShouldBeOfType<LeaseResult.Granted>().Lease;

        var owner = (await Ledger.AcquireAsync("prod", "me", Token)).ShouldBeOfType<LeaseResult.HeldBy>().Owner;

        owner.ShouldStartWith("a?::error::b?[31m");
        owner.Length.ShouldBeLessThan(500);
        owner.ShouldContain($"process {System.Environment.ProcessId}");
    }

    [Fact]
    public void Everything_is_for_this_user_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has access lists instead of modes.");
        if (OperatingSystem.IsWindows()) return;

        System.IO.File.GetUnixFileMode(File).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        System.IO.File.GetUnixFileMode(File + "-wal").ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        foreach (var folder in new[] { "ledger", "ledger/locks", "ledger/heads" })
        {
            System.IO.File.GetUnixFileMode(_folder[folder]).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public void A_relative_path_is_a_defect_of_the_caller() =>
        Should.Throw<ArgumentException>(() => SqliteLedger.Open("ledger.db", "orders", TimeProvider.System));
}
