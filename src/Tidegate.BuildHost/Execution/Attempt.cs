using System.Security.Cryptography;
using System.Text;
using Nuke.Common.Execution;
using Nuke.Common.IO;
using Tidegate.BuildHost.Parameters;
using Tidegate.BuildHost.Reports;

namespace Tidegate.BuildHost.Execution;

/// <summary>
/// Which targets of this command are done, so that <c>--continue</c> leaves them out: <c>.nuke/temp/build-attempt.log</c>, a digest of
/// the arguments and the names. A run that succeeds takes it away.
/// </summary>
internal sealed class Attempt
{
    private const string Reason = "done in the attempt before";
    private readonly Lock _gate = new();
    private readonly AbsolutePath _path;

    private Attempt(AbsolutePath path) => _path = path;

    /// <summary>Marks what the attempt before has done.</summary>
    public static void Recall(BuildSession session, IReadOnlyCollection<ExecutableTarget> plan)
    {
        if (!session.BuiltIns.Continue || PathIn(session) is not { } path)
            return;
        var lines = path.FileExists() ? File.ReadAllLines(path) : [];
        if (lines.Length == 0)
            session.Warn("--continue: there is no attempt to go on with, so everything runs.");
        else if (lines[0] != Digest(session))
            session.Warn("--continue: the command is another one than in the attempt before, so everything runs.");
        else
            Skip(plan, lines[1..]);
    }

    /// <summary>Null where there is no folder for it.</summary>
    public static Attempt Begin(BuildSession session, IReadOnlyCollection<ExecutableTarget> plan)
    {
        if (PathIn(session) is not { } path)
            return null;
        var done = plan.Where(target => target is { Status: ExecutionStatus.Skipped, Skipped: Reason }).Select(target => target.Name);
        return RunFiles.Try(() =>
        {
            path.Parent.CreateDirectory();
            File.WriteAllLines(path, done.Prepend(Digest(session)));
        }) ? new Attempt(path) : null;
    }

    public void Done(ExecutableTarget target)
    {
        lock (_gate)
            RunFiles.Try(() => File.AppendAllLines(_path, [target.Name]));
    }

    public void End(bool succeeded)
    {
        if (succeeded)
            RunFiles.Try(() => File.Delete(_path));
    }

    private static void Skip(IReadOnlyCollection<ExecutableTarget> plan, string[] done)
    {
        foreach (var target in plan.Where(target => target.Status == ExecutionStatus.Scheduled && done.Contains(target.Name)))
        {
            target.Status = ExecutionStatus.Skipped;
            target.Skipped = Reason;
        }
    }

    private static AbsolutePath PathIn(BuildSession session) => RunFiles.Folder(session) is { } folder ? folder / "build-attempt.log" : null;

    private static string Digest(BuildSession session)
    {
        var arguments = session.CommandLine.Raw.Where(argument => !argument.StartsWith('-') || ParameterName.Plain(argument) != "CONTINUE");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', arguments))));
    }
}
