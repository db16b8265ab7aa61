using System.Text;
using Nuke.Common.Utilities;
using Tidegate.BuildHost.Logs;

namespace Nuke.Common.CI.TeamCity;

/// <summary>TeamCity, known by TEAMCITY_VERSION.</summary>
public class TeamCity : Host, IBuildServer
{
    internal TeamCity() { }

    public static TeamCity Instance => NukeBuild.Host as TeamCity;

    string IBuildServer.Branch => BranchName;
    string IBuildServer.Commit => BuildVcsNumber;

    public string Version => ServerText.Variable("TEAMCITY_VERSION");
    public string BuildNumber => ServerText.Variable("BUILD_NUMBER");
    public string BuildVcsNumber => ServerText.Variable("BUILD_VCS_NUMBER");
    public string BranchName => ServerText.Variable("TEAMCITY_BUILD_BRANCH");
    public string ProjectName => ServerText.Variable("TEAMCITY_PROJECT_NAME");

    public void OpenBlock(string name, string description = null) => Say("blockOpened", ("name", name), ("description", description));

    public void CloseBlock(string name) => Say("blockClosed", ("name", name));

    public void WriteMessage(string text) => Say("message", ("text", text));

    public void WriteWarning(string text) => Say("message", ("text", text), ("status", "WARNING"));

    public void WriteFailure(string text) => Say("message", ("text", text), ("status", "FAILURE"));

    public void WriteError(string text, string errorDetails = null) => Say("message", ("text", text), ("status", "ERROR"), ("errorDetails", errorDetails));

    public void AddBuildProblem(string description) => Say("buildProblem", ("description", description));

    public void AddStatisticValue(string key, string value) => Say("buildStatisticValue", ("key", key), ("value", value));

    public void PublishArtifacts(string path) => BuildOutput.Line($"##teamcity[publishArtifacts '{Escape(path)}']");

    public void SetBuildNumber(string number) => BuildOutput.Line($"##teamcity[buildNumber '{Escape(number)}']");

    protected internal override IDisposable WriteBlock(string text) => DelegateDisposable.CreateBracket(() => OpenBlock(text), () => CloseBlock(text));

    protected internal override void ReportWarning(string text, string details = null) => WriteWarning(text);

    protected internal override void ReportError(string text, string details = null) => WriteError(text, details);

    internal override string Neutralize(string text) => ServerText.Break(text, "##teamcity[");

    private static void Say(string message, params (string Name, string Value)[] properties) =>
        BuildOutput.Line($"##teamcity[{message} {properties.Where(property => property.Value is not null).Select(property => $"{property.Name}='{Escape(property.Value)}'").JoinSpace()}]");

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        foreach (var letter in text)
        {
            escaped.Append(letter switch
            {
                '\n' => "|n",
                '\r' => "|r",
                '|' or '\'' or '[' or ']' => "|" + letter,
                > '\u007f' => $"|0x{(int)letter:x4}",
                _ => letter.ToString(),
            });
        }

        return escaped.ToString();
    }
}
