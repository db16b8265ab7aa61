using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Nuke.Common.Tooling;

/// <summary>A process with its output read line by line. All that run are known, so that an interrupted build can end them.</summary>
internal sealed class RunningProcess : IProcess
{
    private static readonly ConcurrentDictionary<RunningProcess, byte> Alive = [];

    private readonly Process _process;
    private readonly int? _timeout;
    private readonly ConcurrentQueue<Output> _output = [];
    private readonly Func<string, string> _filter;
    private int _asked;

    public RunningProcess(ProcessStartInfo start, int? timeout, Action<OutputType, string> logger, Func<string, string> filter)
    {
        _timeout = timeout;
        _filter = filter;
        FileName = start.FileName;
        Arguments = filter(start.Arguments);
        WorkingDirectory = start.WorkingDirectory;

        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Take(OutputType.Std, line.Data, logger);
        _process.ErrorDataReceived += (_, line) => Take(OutputType.Err, line.Data, logger);
        _process.Exited += (_, _) => Alive.TryRemove(this, out var _);
        _process.Start();
        Id = _process.Id;
        Alive[this] = 0;
        if (_process.HasExited)
            Alive.TryRemove(this, out var _);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string FileName { get; }
    public string Arguments { get; }
    public string WorkingDirectory { get; }
    public int Id { get; }
    public IReadOnlyCollection<Output> Output => _output;
    public int ExitCode => _process.ExitCode;
    public bool HasExited => _process.HasExited;

    public void Kill()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
    }

    public bool WaitForExit()
    {
        if (_timeout is { } milliseconds && !_process.WaitForExit(milliseconds))
        {
            Kill();
            _process.WaitForExit();
            return false;
        }

        // Without a time this also waits for the last line of output.
        _process.WaitForExit();
        return true;
    }

    public void Dispose()
    {
        Alive.TryRemove(this, out _);
        _process.Dispose();
    }

    /// <summary>Asks every running process to end, once.</summary>
    public static void StopAll()
    {
        foreach (var process in Alive.Keys)
        {
            if (Interlocked.Exchange(ref process._asked, 1) == 1)
                continue;
            if (OperatingSystem.IsWindows())
                process.Kill();
            else
                Terminate(process.Id);
        }
    }

    private void Take(OutputType type, string line, Action<OutputType, string> logger)
    {
        if (line is null)
            return;
        _output.Enqueue(new Output { Type = type, Text = line });
        logger?.Invoke(type, _filter(line));
    }

    [UnsupportedOSPlatform("windows")]
    private static void Terminate(int id)
    {
        const int terminate = 15;
        _ = Kill(id, terminate);
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int id, int signal);
}
