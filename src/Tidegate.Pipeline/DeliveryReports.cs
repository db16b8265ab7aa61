using Spectre.Console;
using Tidegate.Engine;
using Tidegate.Pipeline.Reports;

namespace Tidegate.Pipeline;

/// <summary>What is left for people: a report of the release, and where things stand.</summary>
public static class DeliveryReports
{
    /// <summary>Where GitHub Actions shows Markdown beside a job.</summary>
    private const string JobSummaryVariable = "GITHUB_STEP_SUMMARY";

    /// <summary>Writes the release's report, all of its stages so far, and says where.</summary>
    /// <returns>The file, or null in a dry run or when nothing was begun.</returns>
    public static async Task<string?> WriteAsync(DeliveryPipeline pipeline, StageEnd end, CancellationToken cancellationToken)
    {
        if (pipeline.Options.DryRunSeed is not null || end.Run is not { } run || end.Recorded) return null;

        var timelines = new List<RunTimeline>();
        foreach (var environment in pipeline.Definition.Environments)
        {
            timelines.AddRange(RunTimeline.Fold(await pipeline.Ledger.ReadAsync(environment.Name, cancellationToken)));
        }

        var text = MarkdownReport.Write(run.Plan.Candidate, timelines);
        var file = Path.Combine(pipeline.Options.ReportsFolder, $"{run.Plan.Release}.md");
        Directory.CreateDirectory(pipeline.Options.ReportsFolder);
        await File.WriteAllTextAsync(file, text, cancellationToken);
        if (Environment.GetEnvironmentVariable(JobSummaryVariable) is { Length: > 0 } summary)
        {
            var there = File.Exists(summary) ? await File.ReadAllTextAsync(summary, cancellationToken) : "";
            await File.WriteAllTextAsync(summary, JobSummary.With(there, text), cancellationToken);
        }

        return file;
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
}
