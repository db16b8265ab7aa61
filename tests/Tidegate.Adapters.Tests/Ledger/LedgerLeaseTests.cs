using Tidegate.Engine;
using Tidegate.Ledger;
using Tidegate.Testing;

namespace Tidegate.Adapters.Tests.Ledger;

/// <summary>FAULTS C8 and C10, with real processes; .NET's own file locking is switched off in all of them.</summary>
public sealed class LedgerLeaseTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => _folder["ledger/ledger.db"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Killing_the_holder_frees_the_environment_at_once()
    {
        await using var ledger = SqliteLedger.Open(File, "orders", TimeProvider.System);
        using var child = LedgerChild.Hold(File, "prod", "job 7");
        await child.HearAsync(Token);
        await child.SayAsync("go");
        (await child.HearAsync(Token)).ShouldBe("granted 1");
        (await ledger.AcquireAsync("prod", "me", Token)).ShouldBeOfType<LeaseResult.HeldBy>().Owner.ShouldContain("job 7 (process ");

        await child.KillAsync(Token);

        await using var lease = (await ledger.AcquireAsync("prod", "me", Token)).ShouldBeOfType<LeaseResult.Granted>().Lease;
        lease.Generation.ShouldBe(2);
    }

    [Fact]
    public async Task All_leases_at_once_are_had_or_none_also_of_a_ledger_that_is_refused()
    {
        AllLeases.TryTake(File, "me", TimeProvider.System, out _).ShouldNotBeNull("where no ledger is, nobody has anything");
        System.IO.File.Exists(File).ShouldBeFalse();
        await using (var ledger = SqliteLedger.Open(File, "orders", TimeProvider.System))
        {
            await ((await ledger.AcquireAsync("beta", "me", Token)) as LeaseResult.Granted)!.Lease.DisposeAsync();
            var held = (await ledger.AcquireAsync("prod", "job 7", Token)).ShouldBeOfType<LeaseResult.Granted>().Lease;

            AllLeases.TryTake(File, "me", TimeProvider.System, out var taken).ShouldBeNull();
            taken.Environment.ShouldBe("prod");
            taken.Owner.ShouldStartWith("job 7 (process ");

            await ((await ledger.AcquireAsync("beta", "me", Token)) as LeaseResult.Granted)!.Lease.DisposeAsync();
            await held.DisposeAsync();
            using (AllLeases.TryTake(File, "LocalDown", TimeProvider.System, out _).ShouldNotBeNull())
            {
                (await ledger.AcquireAsync("beta", "me", Token)).ShouldBeOfType<LeaseResult.HeldBy>().Owner.ShouldStartWith("LocalDown (process ");
            }
        }

        await System.IO.File.WriteAllTextAsync(File, "no ledger at all", Token);
        using var again = AllLeases.TryTake(File, "me", TimeProvider.System, out _).ShouldNotBeNull();
    }

    /// <summary>Children of a killed run live on (FAULTS 0.1.7); the lock must not live on in them.</summary>
    [Fact]
    public async Task A_process_that_the_holder_started_does_not_inherit_the_lock()
    {
        await using var ledger = SqliteLedger.Open(File, "orders", TimeProvider.System);
        var lease = (await ledger.AcquireAsync("prod", "me", Token)).ShouldBeOfType<LeaseResult.Granted>().Lease;
        using var started = LedgerChild.Hold(_folder["other/ledger.db"], "other", "started while the lease was held");
        (await started.HearAsync(Token)).ShouldBe("ready");

        await lease.DisposeAsync();

        await using var next = (await ledger.AcquireAsync("prod", "me", Token)).ShouldBeOfType<LeaseResult.Granted>().Lease;
    }

    [Fact]
    public async Task Of_twenty_that_start_at_once_exactly_one_gets_the_environment()
    {
        const int starters = 20;
        await using (SqliteLedger.Open(File, "orders", TimeProvider.System))
        {
        }

        var children = Enumerable.Range(0, starters).Select(i => LedgerChild.Hold(File, "prod", $"job {i}")).ToList();
        try
        {
            foreach (var child in children) (await child.HearAsync(Token)).ShouldBe("ready");
            await Task.WhenAll(children.Select(c => c.SayAsync("go")));
            var answers = await Task.WhenAll(children.Select(c => c.HearAsync(Token)));

            answers.Count(a => a == "granted 1").ShouldBe(1);
            answers.Count(a => a!.StartsWith("held ", StringComparison.Ordinal)).ShouldBe(starters - 1);
        }
        finally
        {
            children.ForEach(c => c.Dispose());
        }
    }

    [Fact]
    public async Task Many_may_begin_the_same_new_ledger_at_once()
    {
        var children = Enumerable.Range(0, 6).Select(i => LedgerChild.Hold(File, $"env-{i}", "me")).ToList();
        try
        {
            foreach (var child in children) (await child.HearAsync(Token)).ShouldBe("ready");
            await Task.WhenAll(children.Select(c => c.SayAsync("go")));

            (await Task.WhenAll(children.Select(c => c.HearAsync(Token)))).ShouldAllBe(a => a == "granted 1");
        }
        finally
        {
            children.ForEach(c => c.Dispose());
        }
    }

    [Theory]
    [InlineData("link", "TG4001")]
    [InlineData("folder", "TG4001")]
    [InlineData("open", "TG4002")]
    public async Task A_lock_file_that_is_not_ours_alone_is_refused(string kind, string code)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has access lists instead of modes.");
        if (OperatingSystem.IsWindows()) return;

        await using var ledger = SqliteLedger.Open(File, "orders", TimeProvider.System);
        var path = _folder["ledger/locks/prod.lock"];
        var elsewhere = _folder["elsewhere"];
        if (kind == "folder") Directory.CreateDirectory(path);
        else await System.IO.File.WriteAllTextAsync(kind == "link" ? elsewhere : path, "precious", Token);
        if (kind == "link") System.IO.File.CreateSymbolicLink(path, elsewhere);
        if (kind == "open") System.IO.File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherWrite);

        var refused = await Should.ThrowAsync<LedgerRefusedException>(() => ledger.AcquireAsync("prod", "me", Token));

        refused.Problem.Code.ShouldBe(code);
        if (kind == "link") (await System.IO.File.ReadAllTextAsync(elsewhere, Token)).ShouldBe("precious");
    }
}
