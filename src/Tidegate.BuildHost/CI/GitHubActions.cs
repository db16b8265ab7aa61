using Nuke.Common.IO;
using Nuke.Common.Tooling;
using Nuke.Common.Utilities;
using Tidegate.BuildHost.Logs;
using Tidegate.BuildHost.Reports;

namespace Nuke.Common.CI.GitHubActions;

/// <summary>GitHub Actions, known by GITHUB_ACTIONS. Properties are the variables that GitHub sets; null where it sets none.</summary>
public class GitHubActions : Host, IBuildServer
{
    internal GitHubActions() { }

    public static GitHubActions Instance => NukeBuild.Host as GitHubActions;

    string IBuildServer.Branch => Ref;
    string IBuildServer.Commit => Sha;

    public string Home => Variable("HOME");
    public string Workflow => Variable("GITHUB_WORKFLOW");
    public string Action => Variable("GITHUB_ACTION");
    public string Actor => Variable("GITHUB_ACTOR");
    public string Repository => Variable("GITHUB_REPOSITORY");
    public string RepositoryOwner => Variable("GITHUB_REPOSITORY_OWNER");
    public string EventName => Variable("GITHUB_EVENT_NAME");
    public string EventPath => Variable("GITHUB_EVENT_PATH");
    public string Workspace => Variable("GITHUB_WORKSPACE");
    public string Sha => Variable("GITHUB_SHA");
    public string Ref => Variable("GITHUB_REF");
    public string RefName => Variable("GITHUB_REF_NAME");
    public string RefType => Variable("GITHUB_REF_TYPE");
    public string HeadRef => Variable("GITHUB_HEAD_REF");
    public string BaseRef => Variable("GITHUB_BASE_REF");
    public string ServerUrl => Variable("GITHUB_SERVER_URL");
    public string Job => Variable("GITHUB_JOB");
    public string Token => Variable("GITHUB_TOKEN");
    public long RunId => EnvironmentInfo.GetVariable<long>("GITHUB_RUN_ID");
    public long RunNumber => EnvironmentInfo.GetVariable<long>("GITHUB_RUN_NUMBER");
    public long RunAttempt => EnvironmentInfo.GetVariable<long>("GITHUB_RUN_ATTEMPT");

    /// <summary>Markdown written there is shown on the run's page.</summary>
    public AbsolutePath StepSummaryFile => Variable("GITHUB_STEP_SUMMARY");

    public bool IsPullRequest => EventName?.StartsWith("pull_request", StringComparison.Ordinal) == true;

    public void Group(string group) => WriteCommand("group", group);

    public void EndGroup(string group) => WriteCommand("endgroup", group);

    public void WriteDebug(string message) => WriteCommand("debug", message);

    public void WriteWarning(string message) => WriteCommand("warning", message);

    public void WriteError(string message) => WriteCommand("error", message);

    public void WriteCommand(string command, string message = null, Configure<Dictionary<string, object>> dictionaryConfigurator = null)
    {
        var properties = dictionaryConfigurator.InvokeSafe([]).Select(pair => $"{pair.Key}={Escape(pair.Value?.ToString()).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal)}");
        BuildOutput.Line($"::{new[] { command, string.Join(',', properties) }.Where(part => part.Length > 0).JoinSpace()}::{Escape(message)}");
    }

    protected internal override IDisposable WriteBlock(string text) => DelegateDisposable.CreateBracket(() => Group(text), () => EndGroup(text));

    protected internal override void ReportWarning(string text, string details = null) => WriteWarning(text);

    protected internal override void ReportError(string text, string details = null) => WriteError(text);

    internal override string Neutralize(string text) => ServerText.BreakAtLineStart(ServerText.Break(text, "##["), "::");

    internal override void Mask(string secret) => BuildOutput.Unmasked($"::add-mask::{Escape(secret)}");

    internal override void WriteJobSummary(INukeBuild build) => JobSummary.Append(StepSummaryFile, build);

    private static string Variable(string name) => ServerText.Variable(name);

    private static string Escape(string text) => text?
        .Replace("%", "%25", StringComparison.Ordinal)
        .Replace("\r", "%0D", StringComparison.Ordinal)
        .Replace("\n", "%0A", StringComparison.Ordinal);
}
