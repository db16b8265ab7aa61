using System.Diagnostics;
using System.Runtime.CompilerServices;
using Tidegate.Engine;
using Tidegate.Ledger;

namespace Tidegate.Adapters.Tests.Ledger;

/// <summary>A second process: this test program started again, which then plays one of these parts instead of running tests.</summary>
internal sealed class LedgerChild : IDisposable
{
    private const string Part = "TIDEGATE_TEST_CHILD";
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "Tidegate.Adapters.Tests");
    private static readonly string[] Itself = [Program];
    private readonly Process _process;

    private LedgerChild(Process process) => _process = process;

    public static LedgerChild Hold(string ledger, string environment, string owner) => Start(Itself, "hold", ledger, environment, owner);

    public static LedgerChild Append(string ledger, string stream) => Start(Itself, "append", ledger, stream, "");

    /// <summary>Appends in a process that may not make any file larger than this.</summary>
    /// <remarks>With the signal ignored, a write beyond the limit fails as it does on a full disk. .NET's guard against writable code
    /// needs large memory files, which the limit would forbid, so it is off.</remarks>
    public static LedgerChild AppendWithin(int kibibytes, string ledger, string stream) =>
        Start(["/bin/sh", "-c", "trap '' XFSZ; export DOTNET_EnableWriteXorExecute=0; ulimit -f \"$1\"; exec \"$0\"", Program, $"{kibibytes * 2}"], "append", ledger, stream, new string('x', 2000));

    /// <summary>Appends in a process that can only read the folder; only root can start it.</summary>
    public static LedgerChild AppendReadOnly(string folder, string ledger, string stream) =>
        Start(["unshare", "-m", "/bin/sh", "-c", "mount --bind \"$1\" \"$1\" && mount -o remount,ro,bind \"$1\" && exec \"$0\"", Program, folder], "append", ledger, stream, "");

    /// <summary>Appends five times, and has its writes and syncs written down in a file.</summary>
    public static LedgerChild AppendTraced(string trace, string ledger, string stream) =>
        Start(["strace", "-f", "-o", trace, "-e", "trace=write,pwrite64,fsync,fdatasync", Program], "append five", ledger, stream, "");

    /// <summary>The next line that it says, or null when it has ended.</summary>
    public async Task<string?> HearAsync(CancellationToken cancellationToken) => await _process.StandardOutput.ReadLineAsync(cancellationToken);

    public async Task SayAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    public async Task KillAsync(CancellationToken cancellationToken)
    {
        _process.Kill();
        await EndedAsync(cancellationToken);
    }

    public Task EndedAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    /// <summary>Everything that it still has to say.</summary>
    public async Task<string[]> RestAsync(CancellationToken cancellationToken) =>
        (await _process.StandardOutput.ReadToEndAsync(cancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

#pragma warning disable CA2255 // This is a program, not a library; its Main is xunit's.
    [ModuleInitializer]
    internal static void Play()
#pragma warning restore CA2255
    {
        if (System.Environment.GetEnvironmentVariable(Part)?.Split('|') is not [var part, var ledger, var name, var text]) return;

        try
        {
            using var owned = new Borrowed(SqliteLedger.Open(ledger, "orders", TimeProvider.System));
            if (part == "hold") Hold(owned.Ledger, name, text);
            else Append(owned.Ledger, name, text, part == "append five" ? 5 : int.MaxValue);
        }
        catch (LedgerRefusedException refused)
        {
            Console.WriteLine($"refused {refused.Problem.Code} {refused.Problem.What}");
        }

        System.Environment.Exit(0);
    }

    private static void Hold(SqliteLedger ledger, string environment, string owner)
    {
        Console.WriteLine("ready");
        Console.ReadLine();
        var result = ledger.AcquireAsync(environment, owner, CancellationToken.None).GetAwaiter().GetResult();
        Console.WriteLine(result is LeaseResult.Granted granted ? $"granted {granted.Lease.Generation}" : $"held {((LeaseResult.HeldBy)result).Owner}");
        Console.ReadLine();
    }

    private static void Append(SqliteLedger ledger, string stream, string text, int most)
    {
        var sequence = ledger.ReadAsync(stream, CancellationToken.None).GetAwaiter().GetResult().Count;
        while (sequence < most)
        {
            var fact = new LedgerFact.Intended($"operation-{sequence}{text}", null);
            var result = ledger.AppendAsync(stream, sequence, fact, CancellationToken.None).GetAwaiter().GetResult();
            sequence = (int)((AppendResult.Appended)result).Record.Sequence;
            Console.WriteLine(sequence);
        }
    }

    private static LedgerChild Start(string[] command, params string[] part)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment[Part] = string.Join('|', part);
        // .NET's own file locks off: ours must not be among them.
        start.Environment["DOTNET_SYSTEM_IO_DISABLEFILELOCKING"] = "1";
        return new LedgerChild(Process.Start(start) ?? throw new InvalidOperationException($"{command[0]} did not start"));
    }

    private sealed class Borrowed(SqliteLedger ledger) : IDisposable
    {
        public SqliteLedger Ledger => ledger;

        public void Dispose() => ledger.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
