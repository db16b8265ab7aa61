using System.Text;
using Nuke.Common;
using Nuke.Common.Execution;
using Nuke.Common.IO;
using Tidegate.BuildHost.Execution;
using Tidegate.BuildHost.Logs;

namespace Tidegate.BuildHost.Reports;

/// <summary>What GitHub shows beside a job: Markdown behind what targets have written there themselves.</summary>
internal static class JobSummary
{
    private const int MostMessages = 20;

    public static void Append(AbsolutePath file, INukeBuild build)
    {
        if (file is not null)
            RunFiles.Try(() => File.AppendAllText(file, SecretMask.Shared.Apply(Text(build))));
    }

    private static string Text(INukeBuild build)
    {
        var outcome = StopRequest.Current?.IsReceived == true ? "interrupted" : build.IsSucceeding ? "succeeded" : "failed";
        var text = new StringBuilder($"\n### Build {outcome}\n\n| target | status | duration | notes |\n| --- | --- | ---: | --- |\n");
        foreach (var target in build.ExecutionPlan.Where(target => target.Status != ExecutionStatus.Collective))
        {
            var notes = string.Join(", ", target.SummaryInformation.Select(note => $"{note.Key}: {note.Value}"));
            text.Append($"| {target.Name} | {target.Status} | {Summary.Took(target)} | {Cell(notes)} |\n");
        }

        foreach (var line in BuildLog.Kept.Take(MostMessages).Select(line => line.Text))
            text.Append($"\n- {Cell(line)}");
        if (BuildLog.Kept.Count > MostMessages)
            text.Append($"\n- {BuildLog.Kept.Count - MostMessages} more in the log");
        return text.Append('\n').ToString();
    }

    private static string Cell(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace("|", "\\|", StringComparison.Ordinal)
        .ReplaceLineEndings("<br>");
}
