using System.Text;
using Nuke.Common;
using Nuke.Common.Execution;
using Nuke.Common.Utilities;
using Tidegate.BuildHost.Parameters;
using Tidegate.BuildHost.Execution;

namespace Tidegate.BuildHost.Reports;

/// <summary>Targets with what they need, then the build's parameters, then those that every build has.</summary>
internal static class HelpText
{
    public static void Write(BuildSession session, NukeBuild build, IReadOnlyList<ExecutableTarget> targets)
    {
        var text = new StringBuilder("Targets (with their direct dependencies):").AppendLine().AppendLine();
        var listed = targets.Where(target => target.Listed).ToArray();
        Rows(listed.Select(target => (target.Name + (target.IsDefault ? " (default)" : string.Empty), About(target))));

        var parameters = session.Catalog.Parameters.Where(parameter => parameter.Attribute.List).DistinctBy(parameter => parameter.Plain).ToArray();
        text.AppendLine().AppendLine("Parameters:").AppendLine();
        Rows(parameters.Select(parameter => (parameter.Dashed, About(parameter, build))).OrderBy(row => row.Dashed, StringComparer.Ordinal));
        if (parameters.Length > 0)
            text.AppendLine();
        Rows(BuiltIns.All.Where(parameter => !BuiltIns.IsTheBuilds(parameter.Name, session)).Select(parameter => (ParameterName.Dashed(parameter.Name), parameter.Text)));
        session.Out.Write(text);
        session.Out.Flush();

        void Rows(IEnumerable<(string Left, string Right)> rows) => text.Append(Columns.Of(rows.ToArray(), indent: 2, session.Width));
    }

    private static string About(ExecutableTarget target)
    {
        var needs = target.ExecutionDependencies.Count == 0 ? string.Empty : "-> " + string.Join(", ", target.ExecutionDependencies.Select(other => other.Name));
        return target.Description is null ? needs : $"{needs}\n{target.Description}".TrimStart('\n');
    }

    private static string About(ParameterDeclaration parameter, NukeBuild build)
    {
        var allowed = ValueConverter.IsSwitch(parameter.Type) ? null : parameter.AllowedTexts(build);
        var notes = new[]
        {
            parameter.Attribute.Description is { Length: > 0 } text ? text.TrimEnd('.') + "." : null,
            allowed is null ? null : $"One of {string.Join(", ", allowed)}.",
            parameter.IsSecret ? "Secret." : null,
            parameter.IsRequired ? "Required." : null,
        };
        return notes.Where(note => note is not null).JoinSpace();
    }
}
