using System.Diagnostics;

namespace Tidegate.Benchmarks;

/// <summary>A program run to its end, with its output thrown away.</summary>
internal static class Measured
{
    /// <summary>Answers wall seconds. Throws when the program fails.</summary>
    public static async Task<double> Run(string program, IReadOnlyList<string> arguments, string? folder = null, (string Name, string Value)? variable = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? Environment.CurrentDirectory,
        };
        if (variable is var (name, value)) start.Environment[name] = value;
        var started = TimeProvider.System.GetTimestamp();
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"'{program}' did not start.");
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        return process.ExitCode == 0
            ? seconds
            : throw new InvalidOperationException($"'{program} {string.Join(' ', arguments)}' exited with {process.ExitCode}. {await output}{await errors}");
    }
}
