using System.Globalization;

namespace Tidegate.Pipeline.Reports;

/// <summary>The one false-alarm budget of a rollout as a small table: the same words before and after.</summary>
internal static class BudgetWords
{
    private const int Width = 10;

    /// <summary>In the order of the table's columns.</summary>
    private static readonly (EvidenceKind Kind, string Name)[] Columns =
    [
        (EvidenceKind.Errors, "failures"),
        (EvidenceKind.Hard, "outage"),
        (EvidenceKind.Endpoints, "endpoints"),
        (EvidenceKind.Answers, "answers"),
        (EvidenceKind.Slow, "slow"),
        (EvidenceKind.Journeys, "journeys"),
        (EvidenceKind.Readiness, "readiness"),
        (EvidenceKind.Restarts, "restarts"),
        (EvidenceKind.Memory, "memory"),
    ];

    public static IEnumerable<string> Of(RolloutPlan plan)
    {
        var columns = Columns.Where(c => !plan.Shadows.Contains(c.Kind)).ToList();
        var rows = Table(plan).Rows;
        var begins = Math.Max("the fault begins".Length, rows.Max(r => r.Begins.Length));

        yield return string.Create(CultureInfo.InvariantCulture,
            $"one budget: at most {100 * plan.Options.Alpha:0.##} % of harmless releases are rolled back, ")
            + "all together; its parts in percent:";
        yield return "  " + "the fault begins".PadRight(begins) + Cells(columns.Select(c => c.Name).Append("together"));
        foreach (var row in rows) yield return Row(row.Begins, columns.Select(c => row.Percent[c.Kind]));
        yield return Row("together", columns.Select(c => rows.Sum(r => r.Percent[c.Kind])));
        if (columns.Count == Columns.Length) yield break;

        var shown = Columns.Where(c => plan.Shadows.Contains(c.Kind)).Select(c => c.Name);
        yield return "  shown and without a part, since no signal of the stage decides by them: "
            + string.Join(", ", shown);

        string Row(string name, IEnumerable<double> percent)
        {
            var values = percent.ToList();
            return "  " + name.PadRight(begins) + Cells(values.Append(values.Sum()).Select(Percent));
        }
    }

    private static BudgetTable Table(RolloutPlan plan)
    {
        var regions = plan.Regions.Select(r => r.Name).ToList();
        return BudgetTable.Of(plan.Beginnings, plan.Options.Weights, Canary(plan), regions, plan.Waves);
    }

    /// <summary>Where the release began: in this stage's canary, in that of the stage before, or with a wave.</summary>
    private static IReadOnlyList<string> Canary(RolloutPlan plan) =>
        plan.Phases.FirstOrDefault(p => p.Kind == PhaseKind.Canary)?.Regions
        ?? (plan.Continues is null
            ? []
            : [(plan.Regions.FirstOrDefault(r => r.Baseline is not null) ?? plan.Regions[0]).Name]);

    private static string Cells(IEnumerable<string> cells) => string.Concat(cells.Select(c => c.PadLeft(Width)));

    private static string Percent(double percent) => percent.ToString("0.00", CultureInfo.InvariantCulture);
}
