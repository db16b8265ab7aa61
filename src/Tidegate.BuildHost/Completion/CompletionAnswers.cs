using System.Reflection;
using Nuke.Common;
using Nuke.Common.CI;
using Nuke.Common.Execution;
using Tidegate.BuildHost.Execution;
using Tidegate.BuildHost.Parameters;

namespace Tidegate.BuildHost.Completion;

/// <summary><c>:complete word … partial</c>: what may stand where the cursor is, one text a line. Shells ask at every TAB, so nothing is
/// checked, written or compiled, and what is wrong gets no answer.</summary>
internal static class CompletionAnswers
{
    public const string Command = ":complete";

    /// <summary>Windows PowerShell cannot hand over an empty word.</summary>
    private const string Empty = "\"\"";

    public static int Write(BuildSession session, NukeBuild build, IReadOnlyList<ExecutableTarget> targets)
    {
        foreach (var answer in For(session, build, targets, [.. session.CommandLine.Raw.Skip(1)]))
            session.Out.WriteLine(answer);
        session.Out.Flush();
        return ExitCodes.Succeeded;
    }

    /// <param name="session">Of the call.</param>
    /// <param name="build">Knows values that its parameters may take.</param>
    /// <param name="targets">All of the build.</param>
    /// <param name="words">What is typed; the last one is the word at the cursor, which may be empty.</param>
    public static IEnumerable<string> For(BuildSession session, NukeBuild build, IReadOnlyList<ExecutableTarget> targets, IReadOnlyList<string> words)
    {
        // bash hands over '--name=value' as three words.
        words = [.. words.Where(word => word != "=").Select(word => word == Empty ? string.Empty : word)];
        var partial = words.Count == 0 ? string.Empty : words[^1];
        var before = words.Take(words.Count - 1).ToArray();
        if (partial.StartsWith('-') && partial.IndexOf('=', StringComparison.Ordinal) is var equals and > 0)
        {
            var name = partial[..equals];
            return Matching(Values(session, build, targets, name), partial[(equals + 1)..]).Select(value => $"{name}={value}");
        }

        if (partial.StartsWith('-'))
            return Matching(Names(session).Except(before), "--" + partial.TrimStart('-'));
        var last = Array.FindLast(before, word => word.StartsWith('-'));
        return Matching(last is null ? TargetNames(targets) : Values(session, build, targets, last), partial).Except(before, StringComparer.OrdinalIgnoreCase);
    }

    private static IEnumerable<string> Matching(IEnumerable<string> candidates, string partial)
    {
        var plain = ParameterName.Plain(partial);
        return candidates.Where(candidate => ParameterName.Plain(candidate).StartsWith(plain, StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal);
    }

    private static IEnumerable<string> TargetNames(IEnumerable<ExecutableTarget> targets) => targets.Where(target => target.Listed).Select(target => target.Name);

    private static IEnumerable<string> Names(BuildSession session) => session.Catalog.Parameters.Where(parameter => parameter.Attribute.List)
        .Select(parameter => parameter.Dashed)
        .Concat(BuiltIns.Names.Select(ParameterName.Dashed));

    private static IEnumerable<string> Values(BuildSession session, NukeBuild build, IEnumerable<ExecutableTarget> targets, string written)
    {
        var plain = ParameterName.Plain(written);
        if (session.Catalog.Parameters.FirstOrDefault(parameter => parameter.Plain == plain) is { } own)
            return own.IsSecret ? [] : own.AllowedTexts(build) ?? [];
        return plain switch
        {
            "TARGET" or "SKIP" => TargetNames(targets),
            "VERBOSITY" => Enum.GetNames<Verbosity>(),
            "HOST" => Hosts.Names(session),
            "PROFILE" => Profiles(session),
            "COMPLETION" => CompletionScript.Shells,
            "GENERATECONFIGURATION" => build.GetType().GetCustomAttributes<ConfigurationAttributeBase>(inherit: true).Select(each => each.Id),
            _ => [],
        };
    }

    private static IEnumerable<string> Profiles(BuildSession session)
    {
        if (session.TryGetRootDirectory() is not { } root || !Directory.Exists(root / ".nuke"))
            return [];
        const string beginning = "parameters.";
        return Directory.EnumerateFiles(root / ".nuke", beginning + "*.json")
            .Select(Path.GetFileNameWithoutExtension)
            .Where(name => name.Length > beginning.Length)
            .Select(name => name[beginning.Length..]);
    }
}
