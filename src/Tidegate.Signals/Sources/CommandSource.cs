using System.ComponentModel;
using System.Diagnostics;
using Tidegate.Engine;

namespace Tidegate.Signals;

/// <summary>Runs a program. Exit code 0 is good; what else it says is kept to a few lines.</summary>
/// <remarks>It learns what is judged from its environment: TIDEGATE_ENVIRONMENT, TIDEGATE_CANDIDATE (the digest), and
/// TIDEGATE_INSTANCES (addresses of the candidate's ready instances, separated by spaces).</remarks>
public sealed class CommandSource(TimeProvider time) : ISignalSource
{
    /// <summary>How long output is awaited after the program has ended: whatever it left running may hold the pipe for ever.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromMilliseconds(500);

    public bool Reads(SignalRule rule) => rule is SignalRule.Command;

    public async Task<SignalReading> ReadAsync(HealthSignal signal, SignalTarget target, CancellationToken cancellationToken)
    {
        var run = ((SignalRule.Command)signal.Rule).Run;
        if (run.Count == 0) return new SignalReading.SourceFailed("no program is named");

        cancellationToken.ThrowIfCancellationRequested();
        var program = run[0];
        using var process = new Process { StartInfo = Start(program, run.Skip(1), target) };
        try
        {
            process.Start();
        }
        catch (Exception problem) when (problem is Win32Exception or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return new SignalReading.SourceFailed($"'{ForeignText.Line(program)}' cannot be started: {ForeignText.Line(problem.Message)}");
        }

        var tail = new OutputTail();
        using var enough = new CancellationTokenSource();
        try
        {
            process.StandardInput.Close();
            var heard = Task.WhenAll(
                tail.FollowAsync(process.StandardOutput.BaseStream, enough.Token),
                tail.FollowAsync(process.StandardError.BaseStream, enough.Token));
            await process.WaitForExitAsync(cancellationToken);
            await Task.WhenAny(heard, Task.Delay(LastWords, time, cancellationToken));
        }
        catch (OperationCanceledException)
        {
            Kill(process);
            throw;
        }
        finally
        {
            await enough.CancelAsync();
        }

        if (process.ExitCode == 0) return new SignalReading.Passed();

        var said = tail.Text;
        return new SignalReading.Failed($"{ForeignText.Line(program)} exited with {process.ExitCode}{(said.Length == 0 ? "" : ": " + ForeignText.LastLines(said))}");
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception problem) when (problem is InvalidOperationException or AggregateException or Win32Exception)
        {
            // It ended by itself meanwhile, or is not ours to end; the reading is cancelled either way.
        }
    }

    private static ProcessStartInfo Start(string program, IEnumerable<string> arguments, SignalTarget target)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["TIDEGATE_ENVIRONMENT"] = target.Environment.Environment;
        start.Environment["TIDEGATE_CANDIDATE"] = target.Candidate.ToString();
        start.Environment["TIDEGATE_INSTANCES"] = string.Join(' ', target.CandidateInstances.Where(i => i is { State: InstanceState.Ready, Address: not null }).Select(i => i.Address));
        return start;
    }
}
