namespace Tidegate;

/// <summary>Looks at a whole plan before its first effect, and names every problem at once.</summary>
public static class PlanChecker
{
    private const string Beside = "a whole copy is put beside what is there, and nothing that runs is touched.";
    private const string PackageThat = "Package that commit again: " + Beside;
    private const string PackageAgain = "Run Package again: " + Beside;

    /// <param name="present">Digests whose bits are present and verified: a way back must not need what may be gone.</param>
    /// <param name="wrong">Of the others, what is wrong with them, in words.</param>
    public static IReadOnlyList<Problem> Check(
        PipelineDefinition pipeline, ReleasePlan plan, IReadOnlySet<ArtifactDigest> present,
        IReadOnlyDictionary<ArtifactDigest, string>? wrong = null)
    {
        var environment = pipeline[plan.Stage].Environment;
        var problems = new List<Problem>();

        foreach (var step in plan.Steps)
        {
            foreach (var target in step.Targets)
            {
                var region = environment.Regions.Single(r => r.Name == target.Region);
                var capacity = target.Versions.Sum(v => v.Instances);
                var floor = pipeline.Headroom.Floor(region.Instances);
                if (capacity < floor)
                {
                    problems.Add(new("TG3101", $"{plan.Stage}, {step.Title}", $"{target.Region} would keep {capacity} instances; headroom asks for {floor}.", "Lower \"headroom\", or give the region more instances."));
                }

                if (target.Versions.Count > 0 && target.Versions.Sum(v => v.Share.BasisPoints) != TrafficShare.All.BasisPoints)
                {
                    problems.Add(new("TG3102", $"{plan.Stage}, {step.Title}", $"the shares of {target.Region} do not make 100 %.", "This is a defect in Tidegate's planner: please report it with the configuration."));
                }
            }
        }

        foreach (var restore in plan.Before.Where(b => b.Baseline is { } baseline && !present.Contains(baseline)))
        {
            problems.Add(new("TG3103", $"{plan.Environment}, {restore.Region}",
                    $"the way back is missing: the artifact {restore.Baseline} {Wrong(restore.Baseline!.Value)}.",
                    PackageThat));
        }

        foreach (var other in Needed(plan)
            .Where(d => d != plan.Candidate.Digest && !present.Contains(d) && plan.Before.All(b => b.Baseline != d)))
        {
            problems.Add(new("TG3103", $"{plan.Stage}", $"the artifact {other}, which is to run beside it, {Wrong(other)}.",
                    PackageThat));
        }

        if (Needed(plan).Contains(plan.Candidate.Digest) && !present.Contains(plan.Candidate.Digest))
        {
            problems.Add(new("TG3104", $"{plan.Stage}", $"the artifact {plan.Candidate.Digest} {Wrong(plan.Candidate.Digest)}.",
                    PackageAgain));
        }

        return problems;

        string Wrong(ArtifactDigest digest) =>
            wrong?.GetValueOrDefault(digest) ?? "is not in the store, or its bytes do not match its digest";
    }

    /// <summary>What may be started: a plan that takes a version away needs only what is gone back to.</summary>
    public static IReadOnlyList<ArtifactDigest> Needed(ReleasePlan plan) => [.. plan.Steps
        .SelectMany(s => s.Targets).SelectMany(t => t.Versions).Select(v => v.Digest)
        .Concat(plan.Before.Select(b => b.Baseline).OfType<ArtifactDigest>())
        .Distinct()];
}
