using Nuke.Common.Utilities;

namespace Nuke.Common.Tooling;

public enum OutputType
{
    Std,
    Err,
}

/// <summary>A line that a process wrote.</summary>
public struct Output
{
    public OutputType Type;
    public string Text;
}

/// <summary>A started process.</summary>
public interface IProcess : IDisposable
{
    string FileName { get; }
    string Arguments { get; }
    string WorkingDirectory { get; }
    int Id { get; }

    /// <summary>Everything so far, unredacted.</summary>
    IReadOnlyCollection<Output> Output { get; }
    int ExitCode { get; }
    bool HasExited { get; }

    /// <summary>Ends it with all its children.</summary>
    void Kill();

    /// <summary>False: the time was over, and it was killed.</summary>
    bool WaitForExit();
}

/// <summary>Starts a program: <c>[PathVariable] readonly Tool Docker;</c> … <c>Docker($"build {folder}")</c>.</summary>
public delegate IReadOnlyCollection<Output> Tool(
    ArgumentStringHandler arguments,
    string workingDirectory = null,
    IReadOnlyDictionary<string, string> environmentVariables = null,
    int? timeout = null,
    bool? logOutput = null,
    bool? logInvocation = null,
    Action<OutputType, string> logger = null,
    Action<IProcess> exitHandler = null);

/// <summary>A process ended with another exit code than 0.</summary>
public class ProcessException(IProcess process) : Exception(MessageOf(process))
{
    public int ExitCode { get; } = process.ExitCode;

    private static string MessageOf(IProcess process)
    {
        const int shown = 20;
        var errors = process.Output.Where(line => line.Type == OutputType.Err).Select(line => "   " + line.Text).ToArray();
        IEnumerable<string> lines =
        [
            $"'{Path.GetFileName(process.FileName)}' exited with code {process.ExitCode}.",
            $"Command: {process.FileName} {process.Arguments}",
            $"Working directory: {process.WorkingDirectory}",
            .. errors.Length > 0 ? ["Error output:", .. errors.TakeLast(shown)] : Array.Empty<string>(),
        ];
        return Tidegate.BuildHost.Logs.SecretMask.Shared.Apply(lines.JoinNewLine());
    }
}

public static class ProcessExtensions
{
    public static IProcess AssertWaitForExit(this IProcess process)
    {
        if (!process.WaitForExit())
            throw new TimeoutException($"'{Path.GetFileName(process.FileName)}' did not end in its time and was ended.");
        return process;
    }

    public static IProcess AssertZeroExitCode(this IProcess process)
    {
        process.AssertWaitForExit();
        return process.ExitCode == 0 ? process : throw new ProcessException(process);
    }

    public static IReadOnlyCollection<Output> EnsureOnlyStd(this IReadOnlyCollection<Output> output)
    {
        foreach (var line in output)
            Assert.True(line.Type == OutputType.Std, $"Unexpected error output: {line.Text}");
        return output;
    }

    /// <summary>What was written to the standard output, as a JSON object.</summary>
    public static Newtonsoft.Json.Linq.JObject StdToJson(this IEnumerable<Output> output) => output.StdToJson<Newtonsoft.Json.Linq.JObject>();

    /// <inheritdoc cref="StdToJson(IEnumerable{Output})"/>
    public static T StdToJson<T>(this IEnumerable<Output> output) => output.StdToText().GetJson<T>();

    public static string StdToText(this IEnumerable<Output> output) =>
        output.Where(line => line.Type == OutputType.Std).Select(line => line.Text).JoinNewLine();
}
