using System.Text.Json;
using Nuke.Common;
using Nuke.Common.Execution;
using Nuke.Common.IO;
using Tidegate.BuildHost.Execution;
using Tidegate.BuildHost.Logs;

namespace Tidegate.BuildHost.Reports;

/// <summary>
/// What happened, for programs: <c>.nuke/temp/build-report.json</c>, as <c>Schemas/build-report.schema.json</c> describes it. Every run
/// leaves one; a call that is refused has run nothing and leaves the one before.
/// </summary>
internal static class RunReport
{
    public const string Format = "tidegate-build-report/1";

    /// <summary>Null when the build has no root directory.</summary>
    public static AbsolutePath PathIn(BuildSession session) => RunFiles.Folder(session) is { } folder ? folder / "build-report.json" : null;

    public static void Write(BuildSession session, NukeBuild build, bool isInterrupted)
    {
        if (PathIn(session) is { } path)
            RunFiles.Write(path, json => Write(json, session, build, isInterrupted));
    }

    private static void Write(Utf8JsonWriter json, BuildSession session, NukeBuild build, bool isInterrupted)
    {
        var took = TimeProvider.System.GetElapsedTime(session.Started);
        json.WriteStartObject();
        json.WriteString("format", Format);
        json.WriteString("startedAt", TimeProvider.System.GetUtcNow() - took);
        json.WriteMilliseconds("durationMs", took);
        json.WriteText("host", session.Host.GetType().Name);
        json.WriteString("outcome", isInterrupted ? "interrupted" : build.IsSucceeding ? "succeeded" : "failed");
        json.WriteNumber("exitCode", build.ExitCode ?? ExitCodes.Succeeded);
        json.WriteStartObject("invocation");
        json.WriteNames("targets", build.ExecutionPlan.Where(target => target.IsChosen));
        json.WriteTexts("parameters", session.CommandLine.Named.Select(argument => argument.Written));
        json.WriteTexts("profiles", session.BuiltIns.Profiles);
        json.WriteNumber("parallel", session.BuiltIns.Parallel ?? 1);
        json.WriteBoolean("continued", session.BuiltIns.Continue);
        json.WriteEndObject();
        json.WriteStartArray("targets");
        foreach (var target in build.ExecutionPlan)
            Write(json, target);
        json.WriteEndArray();
        json.WriteStartArray("messages");
        foreach (var line in BuildLog.Kept)
            Write(json, line);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ExecutableTarget target)
    {
        json.WriteStartObject();
        json.WriteText("name", target.Name);
        json.WriteText("status", JsonNamingPolicy.CamelCase.ConvertName(target.Status.ToString()));
        json.WriteMilliseconds("beganMs", target.Began);
        json.WriteMilliseconds("durationMs", target.Began is null ? null : target.Duration);
        json.WriteText("skippedBecause", target.Status == ExecutionStatus.Skipped ? Skipping.Reason(target) : null);
        json.WriteNames("dependsOn", target.ExecutionDependencies);
        json.WritePropertyName("failure");
        if (target.Failure is { } failure)
        {
            json.WriteStartObject();
            json.WriteText("type", failure.GetType().FullName);
            json.WriteText("message", failure.Message);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNullValue();
        }

        json.WriteStartObject("notes");
        foreach (var (name, value) in target.SummaryInformation)
            json.WriteText(SecretMask.Shared.Apply(name), value);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, KeptLine line)
    {
        json.WriteStartObject();
        json.WriteString("level", line.IsError ? "error" : "warning");
        json.WriteText("target", line.Target);
        json.WriteText("text", line.Message);
        json.WriteEndObject();
    }
}
