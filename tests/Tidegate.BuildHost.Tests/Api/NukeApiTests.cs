using Nuke.Common;
using Tidegate.BuildHost.Tests.Support;

namespace Tidegate.BuildHost.Tests.Api;

public class NukeApiTests
{
    private static readonly Lazy<Dictionary<string, Listed>> Nuke = new(Read);

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

    [Fact]
    public void A_type_stands_for_the_same_types_as_in_NUKE_as_far_as_we_have_them()
    {
        var ours = OurTypes.ToDictionary(ApiSurface.NameOf);

        var wrong = ours.SelectMany(pair =>
        {
            var mine = ApiSurface.Bases(pair.Value).ToHashSet();
            var theirs = AllBases(pair.Key).ToHashSet();
            return mine.Where(name => !theirs.Contains(name)).Select(name => $"{pair.Key} is a {name}, which it is not in NUKE")
                .Concat(theirs.Where(name => ours.ContainsKey(name) && !mine.Contains(name)).Select(name => $"{pair.Key} is no {name}, which it is in NUKE"));
        });

        wrong.Order(StringComparer.Ordinal).ShouldBeEmpty();
    }

    [Fact]
    public void What_NUKE_has_in_our_types_and_we_have_not_is_recorded()
    {
        // What a server tells of itself is long and seldom asked for.
        var missing = OurTypes.Where(type => !type.Namespace!.StartsWith("Nuke.Common.CI.", StringComparison.Ordinal)).OrderBy(ApiSurface.NameOf, StringComparer.Ordinal).SelectMany(type =>
        {
            var name = ApiSurface.NameOf(type);
            var lacking = Nuke.Value[name].Members.Except(ApiSurface.Members(type)).Order(StringComparer.Ordinal).ToArray();
            return lacking.Length == 0 ? [] : lacking.Select(member => "  " + member).Prepend(name);
        });

        string.Concat(missing.Select(line => line + "\n")).ShouldBeAsApproved("Api.missing.txt");
    }

    // The list gives the direct ones.
    private static IEnumerable<string> AllBases(string name) =>
        Nuke.Value.TryGetValue(name, out var listed) ? listed.Bases.SelectMany(parent => AllBases(parent).Prepend(parent)) : [];

    private sealed record Listed(string Headline, HashSet<string> Bases, HashSet<string> Members);

    private static IEnumerable<string> Strangers(Type type)
    {
        if (!Nuke.Value.TryGetValue(ApiSurface.NameOf(type), out var theirs))
            return [ApiSurface.Headline(type)];
        var wrong = ApiSurface.Members(type).Where(member => !theirs.Members.Contains(member)).Select(member => $"{ApiSurface.NameOf(type)}: {member}");
        return theirs.Headline == ApiSurface.Headline(type) ? wrong : wrong.Append(ApiSurface.Headline(type));
    }

    private static Dictionary<string, Listed> Read()
    {
        var types = new Dictionary<string, Listed>();
        var current = new Listed(string.Empty, [], []);
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Api", "Nuke10Api.txt")))
        {
            if (line.StartsWith("  ", StringComparison.Ordinal))
            {
                current.Members.Add(line.Trim());
            }
            else if (line.StartsWith("T ", StringComparison.Ordinal))
            {
                var parts = line.Split(" : ", 2);
                var headline = parts[0];
                var kind = headline.Split(' ').First(word => word is "class" or "interface" or "struct" or "enum" or "delegate");
                var name = headline[(headline.IndexOf(kind + " ", StringComparison.Ordinal) + kind.Length + 1)..];

                // NUKE spreads ObjectExtensions over two assemblies.
                current = new Listed(headline, parts.Length > 1 ? [.. ApiSurface.Parts(parts[1])] : [], types.TryGetValue(name, out var known) ? known.Members : []);
                types[name] = current;
            }
        }

        return types;
    }
}
