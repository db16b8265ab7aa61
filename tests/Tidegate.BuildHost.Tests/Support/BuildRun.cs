using System.Linq.Expressions;
using Nuke.Common;
using Tidegate.BuildHost.Execution;

namespace Tidegate.BuildHost.Tests.Support;

/// <summary>What a build said and answered.</summary>
internal sealed record BuildRun(int ExitCode, string Output, string Errors, NukeBuild Build)
{
    /// <summary>The names of the targets that ran well, in their order.</summary>
    public string Succeeded => string.Join(' ', Build.ExecutionPlan.Where(target => target.Status == Nuke.Common.Execution.ExecutionStatus.Succeeded).Select(target => target.Name));

    public string Plan => string.Join(' ', Build.ExecutionPlan.Select(target => target.Name));

    public string Statuses => string.Join(' ', Build.ExecutionPlan.Select(target => $"{target.Name}:{target.Status}"));
}

/// <summary>A folder with <c>.nuke</c> in it, and builds run there in this process, one at a time.</summary>
internal sealed class Repository : IDisposable
{
    private static readonly SemaphoreSlim OneAtATime = new(1);
    private readonly Dictionary<string, string> _environment = [];

    public Repository() => Directory.CreateDirectory(Path.Combine(Root, ".nuke"));

    public string Root { get; } = Directory.CreateTempSubdirectory("buildhost-").FullName;

    public Repository WithVariable(string name, string value)
    {
        _environment[name] = value;
        return this;
    }

    public Repository WithFile(string path, string content)
    {
        var file = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
        return this;
    }

    public BuildRun Run<T>(string arguments, params Expression<Func<T, Target>>[] defaults)
        where T : NukeBuild, new()
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        NukeBuild? build = null;
        string[] tokens = [.. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--root", Root, "--no-logo"];
        OneAtATime.Wait(TestContext.Current.CancellationToken);
        try
        {
            var session = new BuildSession(typeof(T), tokens, _environment) { Out = output, Error = errors };
            var code = BuildRunner.Run(session, () => (T)(build = new T()), defaults);
            return new BuildRun(code, output.ToString(), errors.ToString(), build!);
        }
        finally
        {
            OneAtATime.Release();
        }
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
