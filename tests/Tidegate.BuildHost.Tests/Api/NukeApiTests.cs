using Nuke.Common;

namespace Tidegate.BuildHost.Tests.Api;

public class NukeApiTests
{
    private static readonly Lazy<Dictionary<string, (string Headline, HashSet<string> Members)>> Nuke = new(Read);

    private static IEnumerable<Type> OurTypes => typeof(NukeBuild).Assembly.GetTypes()
        .Where(type => type.Namespace?.StartsWith("Nuke.", StringComparison.Ordinal) == true && ApiSurface.IsVisible(type));

    [Fact]
    public void Every_public_member_in_a_Nuke_namespace_is_one_that_NUKE_has_in_the_same_form()
    {
        var strangers = OurTypes.SelectMany(Strangers).Order(StringComparer.Ordinal).ToArray();

        strangers.ShouldBeEmpty();
    }

    [Fact]
    public void The_list_has_no_type_that_we_do_not_have()
    {
        var ours = OurTypes.Select(ApiSurface.NameOf).ToHashSet();

        Nuke.Value.Keys.Where(name => !ours.Contains(name)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_member_of_what_a_build_is_written_with_is_there()
    {
        Type[] whole =
        [
            typeof(ITargetDefinition), typeof(INukeBuild), typeof(NukeBuild), typeof(Target), typeof(ParameterAttribute), typeof(Nuke.Common.Assert), typeof(ControlFlow),
            typeof(Nuke.Common.Execution.ExecutableTarget), typeof(Nuke.Common.Execution.ExecutionStatus), typeof(Nuke.Common.IO.AbsolutePath),
            typeof(Nuke.Common.IO.AbsolutePathExtensions), typeof(Nuke.Common.Tooling.ToolOptions),
            typeof(Nuke.Common.Git.GitRepository), typeof(Nuke.Common.ProjectModel.Solution), typeof(Nuke.Components.ICompile), typeof(Nuke.Components.ITest),
            typeof(Nuke.Components.IPack), typeof(Nuke.Components.IRestore), typeof(Nuke.Common.Tools.DotNet.DotNetBuildSettingsExtensions),
        ];

        var missing = whole.SelectMany(type => Nuke.Value[ApiSurface.NameOf(type)].Members.Except(ApiSurface.Members(type)).Select(member => $"{type.Name}: {member}"));

        missing.ShouldBeEmpty();
    }

    private static IEnumerable<string> Strangers(Type type)
    {
        if (!Nuke.Value.TryGetValue(ApiSurface.NameOf(type), out var theirs))
            return [ApiSurface.Headline(type)];
        var wrong = ApiSurface.Members(type).Where(member => !theirs.Members.Contains(member)).Select(member => $"{ApiSurface.NameOf(type)}: {member}");
        return theirs.Headline == ApiSurface.Headline(type) ? wrong : wrong.Append(ApiSurface.Headline(type));
    }

    private static Dictionary<string, (string Headline, HashSet<string> Members)> Read()
    {
        var types = new Dictionary<string, (string Headline, HashSet<string> Members)>();
        HashSet<string> members = [];
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Api", "Nuke10Api.txt")))
        {
            if (line.StartsWith("  ", StringComparison.Ordinal))
            {
                members.Add(line.Trim());
            }
            else if (line.StartsWith("T ", StringComparison.Ordinal))
            {
                var headline = line.Split(" : ", 2)[0];
                var kind = headline.Split(' ').First(word => word is "class" or "interface" or "struct" or "enum" or "delegate");
                var name = headline[(headline.IndexOf(kind + " ", StringComparison.Ordinal) + kind.Length + 1)..];

                // NUKE spreads ObjectExtensions over two assemblies.
                members = types.TryGetValue(name, out var known) ? known.Members : [];
                types[name] = (headline, members);
            }
        }

        return types;
    }
}
