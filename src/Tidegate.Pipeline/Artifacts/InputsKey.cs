using System.Security.Cryptography;
using System.Text;
using CliWrap;
using CliWrap.Buffered;

namespace Tidegate.Pipeline;

/// <summary>Names the inputs of an artifact, so that nothing is compiled to learn which artifact they give.</summary>
/// <param name="Key">Null when the working tree has changes or there is no repository: then only building tells.</param>
/// <param name="Commit">The commit, where there is one.</param>
public sealed record InputsKey(string? Key, string? Commit, string Sdk)
{
    /// <param name="root">The repository.</param>
    /// <param name="settings">Build settings and release-time settings.</param>
    public static async Task<InputsKey> OfAsync(string root, IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        var (sdk, commit, changes) = (
            SdkVersion.Of(root) is { } known ? Task.FromResult<string?>(known) : OutputAsync("dotnet", root, ["--version"], cancellationToken),
            OutputAsync("git", root, ["rev-parse", "HEAD"], cancellationToken),
            OutputAsync("git", root, ["status", "--porcelain", "--untracked-files=normal"], cancellationToken));
        var text = $"{await sdk}\n{await commit}\n{string.Join('\n', settings.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => $"{s.Key}={s.Value}"))}";
        var clean = await commit is not null && await changes is "";
        return new(clean ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))) : null, await commit, await sdk ?? "unknown");
    }

    private static async Task<string?> OutputAsync(string program, string folder, string[] arguments, CancellationToken cancellationToken)
    {
        try
        {
            var result = await Cli.Wrap(program).WithArguments(arguments).WithWorkingDirectory(folder).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(cancellationToken);
            return result.ExitCode == 0 ? result.StandardOutput.Trim() : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null; // not installed: there is no such input
        }
    }
}
