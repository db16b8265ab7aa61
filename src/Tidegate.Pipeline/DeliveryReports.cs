using Spectre.Console;
using Tidegate.Engine;
using Tidegate.Pipeline.Reports;

namespace Tidegate.Pipeline;

/// <summary>What is left for people: a report of the release, and where things stand.</summary>
public static class DeliveryReports
{
    /// <summary>Where GitHub Actions shows Markdown beside a job.</summary>
    private const string JobSummaryVariable = "GITHUB_STEP_SUMMARY";

    /// <summary>Writes the release's report, all of its stages so far, and says where. Nothing in a dry run or when nothing was begun.</summary>
    /// <remarks>Never throws and is not cancelled: how the release ended stands already, and is not to be lost behind a report.</remarks>
    public static Task<WrittenReport> WriteAsync(DeliveryPipeline pipeline, StageEnd end) =>
        WriteAsync(pipeline, end, Environment.GetEnvironmentVariable(JobSummaryVariable));

    internal static async Task<WrittenReport> WriteAsync(DeliveryPipeline pipeline, StageEnd end, string? summary)
    {
        var written = new WrittenReport(null, []);
        if (pipeline.Options.DryRunSeed is not null || end.Run is not { } run || end.Recorded) return written;

        var text = "";
        written = await TryAsync(written, "The report", async () =>
        {
            text = await TextAsync(pipeline, run);
            var file = Path.Combine(pipeline.Options.ReportsFolder, $"{run.Plan.Release}.md");
            Directory.CreateDirectory(pipeline.Options.ReportsFolder);
            await File.WriteAllTextAsync(file, text);
            return file;
        });
        return text.Length > 0 && summary is { Length: > 0 }
            ? await TryAsync(written, $"The job summary ({JobSummaryVariable})", async () =>
            {
                await File.WriteAllTextAsync(summary, JobSummary.With(File.Exists(summary) ? await File.ReadAllTextAsync(summary) : "", text));
                return written.File;
            })
            : written;
    }

    /// <summary>The table of what runs where, and the addresses at which people can look at it.</summary>
    public static async Task ShowStatusAsync(DeliveryPipeline pipeline, CancellationToken cancellationToken)
    {
        var status = await pipeline.StatusAsync(cancellationToken);
        AnsiConsole.Write(StatusTable.Of(status));
        foreach (var (environment, seen, _) in status)
        {
            if (seen is not ObserveResult.Observed { Environment.Regions: var regions }) continue;
            foreach (var region in regions.Where(r => r is { Address: not null, Versions.Count: > 0 }))
            {
                AnsiConsole.WriteLine($"{environment.Name}, {region.Region}: {region.Address}");
            }
        }
    }

    private static async Task<string> TextAsync(DeliveryPipeline pipeline, StageRun run)
    {
        var timelines = new List<RunTimeline>();
        foreach (var environment in pipeline.Definition.Environments)
        {
            timelines.AddRange(RunTimeline.Fold(await pipeline.Ledger.ReadAsync(environment.Name, CancellationToken.None)));
        }

        return MarkdownReport.Write(run.Plan.Candidate, timelines);
    }

    private static async Task<WrittenReport> TryAsync(WrittenReport written, string what, Func<Task<string?>> write)
    {
        try
        {
            return written with { File = await write() };
        }
        catch (Exception exception)
        {
            return written with { Failures = [.. written.Failures, (what, exception)] };
        }
    }
}

/// <summary>What became of a release's report.</summary>
/// <param name="File">Null when none was to be written, or none could be.</param>
/// <param name="Failures">What could not be written, and why.</param>
public sealed record WrittenReport(string? File, IReadOnlyList<(string What, Exception Why)> Failures);
