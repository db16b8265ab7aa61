using Nuke.Common;
using Nuke.Common.CI;
using Nuke.Common.CI.AzurePipelines;
using Nuke.Common.CI.GitHubActions;
using Nuke.Common.CI.GitLab;
using Nuke.Common.CI.TeamCity;
using Nuke.Common.Execution;
using Serilog;
using Tidegate.BuildHost.Tests.Support;

namespace Tidegate.BuildHost.Tests.CI;

public sealed class CiHostTests : IDisposable
{
    private readonly Repository _repository = new();

    public void Dispose() => _repository.Dispose();

    [Theory]
    [InlineData("GITHUB_ACTIONS", typeof(GitHubActions))]
    [InlineData("TF_BUILD", typeof(AzurePipelines))]
    [InlineData("GITLAB_CI", typeof(GitLab))]
    [InlineData("TEAMCITY_VERSION", typeof(TeamCity))]
    [InlineData("SOMETHING_ELSE", typeof(Terminal))]
    public void A_server_is_known_by_its_variable(string variable, Type host)
    {
        var run = _repository.WithVariable(variable, "1").Run<ServedBuild>("Speak");

        ((ServedBuild)run.Build).SeenHost.ShouldBeOfType(host);
        ((ServedBuild)run.Build).WasServer.ShouldBe(host != typeof(Terminal));
    }

    [Theory]
    [InlineData("GITHUB_ACTIONS", "::group::Speak", "::warning::mind the gap", "::error::it broke", "::endgroup::Speak")]
    [InlineData("TF_BUILD", "##[group]Speak", "##vso[task.logissue type=warning;]mind the gap", "##vso[task.logissue type=error;]it broke", "##[endgroup]Speak")]
    [InlineData("TEAMCITY_VERSION", "##teamcity[blockOpened name='Speak']", "status='WARNING'", "status='ERROR'", "##teamcity[blockClosed name='Speak']")]
    [InlineData("GITLAB_CI", "section_start:", "[WRN] mind the gap", "[ERR] it broke", "section_end:")]
    public void Targets_are_grouped_and_warnings_and_errors_told_in_the_servers_own_way(string variable, params string[] parts)
    {
        var run = _repository.WithVariable(variable, "1").Run<ServedBuild>("Speak");

        run.ExitCode.ShouldBe(0);
        var at = 0;
        foreach (var part in parts)
        {
            var found = run.Output.IndexOf(part, at, StringComparison.Ordinal);
            found.ShouldBeGreaterThanOrEqualTo(at, $"'{part}' is missing or too early in: {run.Output}");
            at = found;
        }
    }

    [Theory]
    [InlineData("GITHUB_ACTIONS", "::add-mask::", "gh-very-secret")]
    [InlineData("TF_BUILD", "##vso[task.setsecret]", "az-very-secret")]
    public void A_server_that_can_hide_secrets_is_asked_to_before_anything_else_is_said(string variable, string command, string secret)
    {
        var run = _repository.WithVariable(variable, "1").WithVariable("KEY", secret).Run<ServedBuild>("Leak");

        var lines = run.Output.ReplaceLineEndings("\n").Split('\n');
        lines[0].ShouldBe(command + secret);
        lines.Skip(1).ShouldNotContain(line => line.Contains(secret, StringComparison.Ordinal));
        run.Output.ShouldContain("The key is [REDACTED]");
    }

    [Theory]
    [InlineData("TEAMCITY_VERSION", "Leak", "tc-very-secret")]
    [InlineData("GITLAB_CI", "Leak", "gl-very-secret")]
    [InlineData("NO_SERVER", "Leak", "no-very-secret")]
    [InlineData("NO_SERVER", "Leak --host GitHubActions", "named-very-secret")]
    public void Elsewhere_and_where_a_host_is_only_named_the_secret_is_written_nowhere(string variable, string arguments, string secret)
    {
        var run = _repository.WithVariable(variable, "1").WithVariable("KEY", secret).Run<ServedBuild>(arguments);

        run.Output.ShouldContain("The key is [REDACTED]");
        run.Output.ShouldNotContain(secret);
    }

    [Fact]
    public void The_job_summary_of_GitHub_is_added_to_what_is_there()
    {
        var file = Path.Combine(_repository.Root, "summary.md");
        File.WriteAllText(file, "what a target wrote\n");

        _repository.WithVariable("GITHUB_ACTIONS", "true").WithVariable("GITHUB_STEP_SUMMARY", file).WithVariable("KEY", "sum-very-secret").Run<ServedBuild>("Speak Leak Break");

        File.ReadAllText(file).ShouldBeAsApproved("ci/job-summary.md");
    }

    private class ServedBuild : NukeBuild
    {
        [Parameter, Secret] readonly string Key = null!;

        public Host? SeenHost { get; private set; }
        public bool WasServer { get; private set; }

        Target Break => _ => _.After(Speak, Leak).Executes(() => throw new InvalidDataException("a | b <c>"));

        Target Leak => _ => _.After(Speak).Executes(() =>
        {
            Log.Warning("The key is {Key:l}", Key);
            ReportSummary(notes => { notes["Key"] = Key; return notes; });
        });

        Target Speak => _ => _.Executes(() =>
        {
            SeenHost = Host;
            WasServer = Host is IBuildServer;
            Log.Warning("mind the gap");
            Log.Error("it broke");
        });
    }
}
