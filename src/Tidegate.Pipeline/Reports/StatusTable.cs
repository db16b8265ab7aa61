using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;
using Tidegate.Engine;

namespace Tidegate.Pipeline.Reports;

/// <summary>What runs where, at what share, with how many instances ready; and where the newest release of each environment stands.</summary>
public static class StatusTable
{
    public static IRenderable Of(IEnumerable<(DeploymentEnvironment Environment, ObserveResult Seen, ReleaseHistory History)> environments)
    {
        var all = environments.ToList();
        var named = all.SelectMany(e => e.History.Runs).Select(r => r.Plan.Candidate).DistinctBy(a => a.Digest).ToDictionary(a => a.Digest);
        var table = new Table().Border(TableBorder.Simple).AddColumns(
            new TableColumn("environment").NoWrap(),
            new TableColumn("region").NoWrap(),
            new TableColumn("version"),
            new TableColumn("share").RightAligned().NoWrap(),
            new TableColumn("ready").RightAligned().NoWrap());
        var newest = new Grid().AddColumn(new GridColumn().NoWrap().Padding(2, 0, 2, 0)).AddColumn();

        foreach (var (environment, seen, history) in all)
        {
            var first = true;
            foreach (var (region, version, share, ready) in Rows(environment, seen, named))
            {
                table.AddRow(
                    Cell(first ? environment.Name : ""),
                    Cell(region),
                    Cell(version),
                    Cell(share),
                    Cell(ready));
                first = false;
            }

            newest.AddRow(Cell(environment.Name), Newest(history));
        }

        // Beside the table the newest releases would leave no room for either on a narrow terminal.
        return new Rows(table, new Markup("newest releases"), newest, Text.Empty);
    }

    private static IEnumerable<(string Region, string Version, string Share, string Ready)> Rows(
        DeploymentEnvironment environment,
        ObserveResult seen,
        Dictionary<ArtifactDigest, ReleaseArtifact> named)
    {
        if (seen is not ObserveResult.Observed { Environment: var now })
        {
            yield return ("", $"not known: {((ObserveResult.Unreachable)seen).Because}", "", "");
            yield break;
        }

        foreach (var region in environment.Regions)
        {
            var here = now[region.Name];
            var name = region.Name;
            if (here is { Versions.Count: 0, Leaving.Count: 0 }) yield return (name, environment.Ephemeral ? "nothing, as it should be" : "nothing", "", "");
            foreach (var version in here.Versions.OrderByDescending(v => v.Share).ThenBy(v => v.Digest.Hex, StringComparer.Ordinal))
            {
                yield return (
                    name,
                    named.TryGetValue(version.Digest, out var artifact) ? $"{artifact.Version} ({version.Digest.Brief})" : version.Digest.Brief,
                    version.Share.ToString(),
                    string.Create(CultureInfo.InvariantCulture, $"{version.Ready} of {version.Instances.Count}{(version.Restarts > 0 ? $", {version.Restarts} restarts" : "")}"));
                name = "";
            }

            foreach (var leaving in here.Leaving)
            {
                var left = named.TryGetValue(leaving.Digest, out var known)
                    ? $"{known.Version} ({leaving.Digest.Brief})"
                    : leaving.Digest.Brief;
                var draining = string.Create(CultureInfo.InvariantCulture, $"{leaving.Instances.Count} draining");
                yield return (name, left, "", draining);
                name = "";
            }

            if (here.Withdrawn) yield return ("", "nobody watched: the new version's share was taken back", "", "");
            if (here is { Convergence: Convergence.Failed, Failure: { } failure }) yield return ("", $"gave up: {failure}", "", "");
        }
    }

    private static Markup Newest(ReleaseHistory history)
    {
        if (history.Runs is not [.., var run]) return Cell("none");
        var colour = ReleasePicture.Colour(run.Release.State switch
        {
            ReleaseState.Delivered => Tone.Good,
            ReleaseState.RollbackIncomplete => Tone.Bad,
            _ => Tone.Waiting,
        });
        var since = run.LatestAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
        var what = $"{(run.IsRollback ? "Rollback" : run.Plan.Stage)} of {run.Plan.Candidate.Version}";
        var expected = run.Plan.Rollout is { Expected: { Count: > 0 } changes }
            ? $" expected: {ReleasePicture.Safe(ExpectedChanges.Words(changes))}"
            : "";
        var state = ReleasePicture.Safe(ReleaseWords.State(run.Release), 120);
        return new Markup($"{ReleasePicture.Safe(what)} [grey]{since}[/] [{colour}]{state}[/]{expected}");
    }

    private static Markup Cell(string text) => new(ReleasePicture.Safe(text));
}
