using System.Text.RegularExpressions;

namespace Nuke.Common.Git;

/// <summary>Addresses of repositories in the forms that git knows.</summary>
internal static partial class GitUrl
{
    public static (GitProtocol Protocol, string Endpoint, string Identifier)? Parse(string url)
    {
        var match = Address().Match(url.Trim());
        if (!match.Success)
            return null;
        var protocol = match.Groups["scheme"].Value is "http" or "https" ? GitProtocol.Https : GitProtocol.Ssh;
        return (protocol, match.Groups["host"].Value, match.Groups["path"].Value);
    }

    public static string WithoutPassword(string url) => UserInfo().Replace(url, "://");

    [GeneratedRegex(@"^(?:(?<scheme>https?|ssh|git)://)?(?:[^@/]+@)?(?<host>[^:/\s]+(?::\d+(?=/))?)[:/]+(?<path>[^\s]+?)(?:\.git)?/?$")]
    private static partial Regex Address();

    [GeneratedRegex("://[^@/]+@")]
    private static partial Regex UserInfo();
}
