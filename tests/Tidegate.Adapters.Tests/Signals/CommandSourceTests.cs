using System.Diagnostics;
using Tidegate.Signals;
using Tidegate.Testing;
using static Tidegate.Adapters.Tests.Signals.Observed;

namespace Tidegate.Adapters.Tests.Signals;

public sealed class CommandSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public CommandSourceTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "The programs of these tests are Unix's.");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Exit_code_0_passes() => (await ReadAsync(Token, "true")).ShouldBe(new SignalReading.Passed());

    [Fact]
    public async Task Another_exit_code_fails_with_the_last_words() =>
        (await ReadAsync(Token, "sh", "-c", "echo first; echo '::error::last' >&2; exit 3")).ShouldBeOfType<SignalReading.Failed>().Because
            .ShouldBeOneOf("sh exited with 3: first\\n: :error: :last", "sh exited with 3: : :error: :last\\nfirst");

    [Fact]
    public async Task A_program_that_is_not_there_is_no_answer()
    {
        (await ReadAsync(Token, "no-such-program-at-all")).ShouldBeOfType<SignalReading.SourceFailed>().Because.ShouldStartWith("'no-such-program-at-all' cannot be started");
        (await ReadAsync(Token)).ShouldBeOfType<SignalReading.SourceFailed>();
    }

    [Fact]
    public async Task Arguments_are_not_read_by_any_shell()
    {
        var canary = _folder["canary"];

        (await ReadAsync(Token, "test", "$(touch " + canary + ")", "=", "`touch " + canary + "`; touch " + canary)).ShouldBeOfType<SignalReading.Failed>();

        File.Exists(canary).ShouldBeFalse();
    }

    [Fact]
    public async Task The_program_learns_what_is_judged()
    {
        var reading = await ReadAsync(Token, "sh", "-c", "echo $TIDEGATE_ENVIRONMENT $TIDEGATE_CANDIDATE $TIDEGATE_INSTANCES; exit 1");

        reading.ShouldBe(new SignalReading.Failed($"sh exited with 1: gamma {ForeignText.Line(New.ToString())} unix:/a unix:/b"));
    }

    [Fact]
    public async Task A_program_that_waits_for_input_gets_none() => (await ReadAsync(Token, "sh", "-c", "read line || exit 0; exit 1")).ShouldBe(new SignalReading.Passed());

    [Fact]
    public async Task A_hundred_megabytes_without_a_line_end_are_borne_and_cut()
    {
        var reading = await ReadAsync(Token, "sh", "-c", "head -c 100000000 /dev/zero | tr '\\0' x; exit 1");

        reading.ShouldBeOfType<SignalReading.Failed>().Because.Length.ShouldBeLessThan(ForeignText.Longest + 50);
    }

    [Fact]
    public async Task A_process_that_the_program_left_running_is_not_waited_for()
    {
        var note = _folder["pid"];
        var reading = await ReadAsync(Token, "sh", "-c", "sleep 600 & echo $! > " + note + "; echo over; exit 4");

        using var left = Process.GetProcessById(int.Parse(await File.ReadAllTextAsync(note, Token), System.Globalization.CultureInfo.InvariantCulture));
        left.Kill();
        reading.ShouldBe(new SignalReading.Failed("sh exited with 4: over"));
    }

    [Fact(Timeout = 60_000)]
    public async Task When_cancelled_the_program_and_what_it_started_are_killed()
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var note = _folder["pids"];
        var reading = ReadAsync(deadline.Token, "sh", "-c", "sleep 600 & echo $$ $! > " + note + ".new; mv " + note + ".new " + note + "; wait");
        while (!File.Exists(note)) await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, TestContext.Current.CancellationToken);

        await deadline.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => reading);
        foreach (var id in (await File.ReadAllTextAsync(note, TestContext.Current.CancellationToken)).Split(' ').Select(int.Parse))
        {
            while (IsRunning(id)) await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    private static bool IsRunning(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static Task<SignalReading> ReadAsync(CancellationToken token, params string[] run) => new CommandSource(TimeProvider.System).ReadAsync(
        Some.Signal("command", new SignalRule.Command(run)),
        Candidate(Instance("unix:/a"), Instance("unix:/b"), Instance("unix:/c", InstanceState.Unready)),
        token);
}
