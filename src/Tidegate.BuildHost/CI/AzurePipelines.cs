using Nuke.Common.Utilities;
using Tidegate.BuildHost.Logs;

namespace Nuke.Common.CI.AzurePipelines;

public enum AzurePipelinesIssueType
{
    Warning,
    Error,
}

/// <summary>Azure Pipelines, known by TF_BUILD.</summary>
public class AzurePipelines : Host, IBuildServer
{
    internal AzurePipelines() { }

    string IBuildServer.Branch => ServerText.Variable("BUILD_SOURCEBRANCH");
    string IBuildServer.Commit => ServerText.Variable("BUILD_SOURCEVERSION");

    public static AzurePipelines Instance => NukeBuild.Host as AzurePipelines;

    public void Group(string group) => BuildOutput.Line($"##[group]{OneLine(group)}");

    public void EndGroup(string group) => BuildOutput.Line($"##[endgroup]{OneLine(group)}");

    public void LogIssue(
        AzurePipelinesIssueType type, string message, string sourcePath = null, string lineNumber = null, string columnNumber = null, string code = null)
    {
        (string Name, string Value)[] properties =
            [("type", type == AzurePipelinesIssueType.Warning ? "warning" : "error"), ("sourcepath", sourcePath), ("linenumber", lineNumber), ("columnnumber", columnNumber), ("code", code)];
        BuildOutput.Line($"##vso[task.logissue {properties.Where(property => property.Value is not null).Select(property => $"{property.Name}={Escape(property.Value)};").Join(string.Empty)}]{OneLine(message)}");
    }

    public void LogWarning(string message, string sourcePath = null, string lineNumber = null, string columnNumber = null, string code = null) =>
        LogIssue(AzurePipelinesIssueType.Warning, message, sourcePath, lineNumber, columnNumber, code);

    public void LogError(string message, string sourcePath = null, string lineNumber = null, string columnNumber = null, string code = null) =>
        LogIssue(AzurePipelinesIssueType.Error, message, sourcePath, lineNumber, columnNumber, code);

    public void UpdateBuildNumber(string buildNumber) => BuildOutput.Line($"##vso[build.updatebuildnumber]{OneLine(buildNumber)}");

    public void AddBuildTag(string buildTag) => BuildOutput.Line($"##vso[build.addbuildtag]{OneLine(buildTag)}");

    protected internal override IDisposable WriteBlock(string text) => DelegateDisposable.CreateBracket(() => Group(text), () => EndGroup(text));

    protected internal override void ReportWarning(string text, string details = null) => LogWarning(text);

    protected internal override void ReportError(string text, string details = null) => LogError(text);

    internal override string Neutralize(string text) => ServerText.Break(text, "##vso[", "##[");

    internal override void Mask(string secret) => BuildOutput.Unmasked($"##vso[task.setsecret]{OneLine(secret.Replace("%", "%AZP25", StringComparison.Ordinal))}");

    private static string OneLine(string text) => text?.Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Escape(string text) => OneLine(text)?.Replace("]", "%5D", StringComparison.Ordinal).Replace(";", "%3B", StringComparison.Ordinal);
}
