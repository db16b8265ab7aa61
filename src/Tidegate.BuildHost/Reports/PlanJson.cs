using System.Text.Json;
using Nuke.Common;
using Nuke.Common.Execution;
using Tidegate.BuildHost.Execution;

namespace Tidegate.BuildHost.Reports;

/// <summary><c>--plan --json</c>: the plan for programs, as <c>Schemas/build-plan.schema.json</c> describes it.</summary>
internal static class PlanJson
{
    public const string Format = "tidegate-build-plan/1";

    public static int Write(BuildSession session, NukeBuild build, List<Problem> problems)
    {
        using var text = new MemoryStream();
        RunFiles.Json(text, json =>
        {
            json.WriteStartObject();
            json.WriteString("format", Format);
            json.WriteStartArray("targets");
            var timings = Timings.Read(session);
            var before = Precedence.In(build.ExecutionPlan);
            foreach (var target in build.ExecutionPlan)
                Write(json, target, build.ExecutionPlan.Where(before[target].Contains), timings.Usual(target.Name));
            json.WriteEndArray();
            json.WriteTexts("warnings", session.Warnings);
            json.WriteStartArray("problems");
            foreach (var problem in problems)
            {
                json.WriteStartObject();
                json.WriteText("where", problem.Where);
                json.WriteText("what", problem.What);
                json.WriteText("nextStep", problem.NextStep);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
        session.Out.Write(System.Text.Encoding.UTF8.GetString(text.ToArray()));
        session.Out.Flush();
        return problems.Count == 0 ? ExitCodes.Succeeded : ExitCodes.Refused(build);
    }

    private static void Write(Utf8JsonWriter json, ExecutableTarget target, IEnumerable<ExecutableTarget> waitsFor, TimeSpan? usual)
    {
        var isSkipped = target.Status == ExecutionStatus.Skipped;
        json.WriteStartObject();
        json.WriteText("name", target.Name);
        json.WriteText("description", target.Description);
        json.WriteBoolean("chosen", target.IsChosen);
        json.WriteBoolean("runs", !isSkipped);
        json.WriteText("skippedBecause", isSkipped ? Skipping.Reason(target) : null);
        json.WriteTexts("onlyWhen", target.DynamicConditions.Select(condition => condition.Text));
        json.WriteNames("dependsOn", target.ExecutionDependencies);
        json.WriteNames("after", target.OrderDependencies);
        json.WriteNames("triggeredBy", target.TriggerDependencies);
        json.WriteNames("waitsFor", waitsFor);
        json.WriteBoolean("assuredAfterFailure", target.AssuredAfterFailure);
        json.WriteBoolean("proceedsAfterFailure", target.ProceedAfterFailure);
        json.WriteMilliseconds("usualMs", usual);
        json.WriteEndObject();
    }
}
