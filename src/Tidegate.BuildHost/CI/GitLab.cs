using System.Globalization;
using System.Text.RegularExpressions;
using Nuke.Common.Utilities;
using Tidegate.BuildHost.Logs;

namespace Nuke.Common.CI.GitLab;

/// <summary>GitLab CI, known by GITLAB_CI.</summary>
public partial class GitLab : Host, IBuildServer
{
    internal GitLab() { }

    string IBuildServer.Branch => ServerText.Variable("CI_COMMIT_BRANCH");
    string IBuildServer.Commit => ServerText.Variable("CI_COMMIT_SHA");

    public void BeginSection(string text, bool collapsed = true) =>
        BuildOutput.Line($"\e[0Ksection_start:{Now}:{Id(text)}[collapsed={(collapsed ? "true" : "false")}]\r\e[0K{text}");

    public void EndSection(string text) => BuildOutput.Line($"\e[0Ksection_end:{Now}:{Id(text)}\r\e[0K");

    protected internal override IDisposable WriteBlock(string text) => DelegateDisposable.CreateBracket(() => BeginSection(text), () => EndSection(text));

    internal override string Neutralize(string text) => ServerText.Break(text, "section_start:", "section_end:");

    private static string Now => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private static string Id(string text) => NoWord().Replace(text, "_");

    [GeneratedRegex("[^A-Za-z0-9]+")]
    private static partial Regex NoWord();
}
