using System.Reflection;
using System.Xml.Linq;
using Tidegate.Testing;

namespace Tidegate.Delivery.Tests;

/// <summary>The arrows between the rooms, as docs/ARCHITECTURE.md draws them. A failure names the offender.</summary>
public sealed class ArchitectureTests
{
    /// <summary>What each project may reference. An arrow that is not here must not exist.</summary>
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["Tidegate.Domain"] = [],
        ["Tidegate.Engine"] = ["Tidegate.Domain"],
        ["Tidegate.Ledger"] = ["Tidegate.Engine"],
        ["Tidegate.Signals"] = ["Tidegate.Engine", "Tidegate.LocalCloud.Contract"],
        ["Tidegate.LocalCloud.Contract"] = [],
        ["Tidegate.Edge"] = ["Tidegate.LocalCloud.Contract"],
        ["Tidegate.LocalCloud"] = ["Tidegate.Edge", "Tidegate.LocalCloud.Contract"],
        ["Tidegate.Platforms.Local"] = ["Tidegate.Engine", "Tidegate.LocalCloud.Contract", "Tidegate.LocalCloud"],
        ["Tidegate.Pipeline"] = ["Tidegate.Engine", "Tidegate.Ledger", "Tidegate.Platforms.Local", "Tidegate.Signals"],
        ["Tidegate.BuildHost"] = [],
        ["Tidegate.Components"] = ["Tidegate.Pipeline", "Tidegate.BuildHost"],
        ["Tidegate.Components.Package"] = ["Tidegate.Components", "Tidegate.BuildHost"],
        ["Tidegate.Templates"] = [],
        ["Catalog"] = [],
        ["Orders"] = [],
        ["_build"] = ["Tidegate.Components"],
    };

    private static readonly string[] ForbiddenSegments = ["Nuke", "Docker", "Playwright"];

    /// <summary>With several, .NET's generator orders them by chance, and the same sources do not give the same bytes.</summary>
    [Fact]
    public void Each_project_keeps_its_log_messages_in_one_class()
    {
        var offenders = Projects()
            .Select(p => (p.Name, Files: Directory.EnumerateFiles(Path.GetDirectoryName(p.File)!, "*.cs", SearchOption.AllDirectories).Where(f => File.ReadAllText(f).Contains("[LoggerMessage(", StringComparison.Ordinal)).ToList()))
            .Where(p => p.Files.Count > 1)
            .Select(p => $"{p.Name}: {string.Join(", ", p.Files.Select(Path.GetFileName))}");

        offenders.ShouldBeEmpty();
    }

    [Fact]
    public void Every_reference_of_every_project_is_an_arrow_that_is_allowed()
    {
        var offenders = Projects().SelectMany(p => References(p.File).Where(r => !Arrows.GetValueOrDefault(p.Name, []).Contains(r)).Select(r => $"{p.Name} -> {r}"));

        offenders.ShouldBeEmpty();
    }

    [Fact]
    public void Every_project_is_drawn() => Projects().Select(p => p.Name).Order().ShouldBe(Arrows.Keys.Order());

    [Fact]
    public void The_cloud_is_a_program_of_its_own_that_its_platform_starts_and_does_not_link() =>
        XDocument.Load(Repository.File("src", "Tidegate.Platforms.Local", "Tidegate.Platforms.Local.csproj")).Descendants("ProjectReference")
            .Where(r => ((string?)r.Attribute("Include"))?.EndsWith("Tidegate.LocalCloud.csproj", StringComparison.Ordinal) == true)
            .ShouldAllBe(r => (string?)r.Attribute("ReferenceOutputAssembly") == "false");

    [Fact]
    public void The_domain_uses_the_base_class_library_and_nothing_else() =>
        typeof(ReleaseMachine).Assembly.GetReferencedAssemblies().Select(a => a.Name!).Where(n => !n.StartsWith("System.", StringComparison.Ordinal)).ShouldBeEmpty();

    [Fact]
    public void No_library_of_others_shows_in_a_public_signature_outside_the_room_that_wraps_it()
    {
        var ours = new[] { typeof(ReleaseMachine), typeof(Engine.ReleaseEngine), typeof(Ledger.SqliteLedger), typeof(Pipeline.DeliveryPipeline) }.Select(t => t.Assembly);

        var offenders = ours.SelectMany(a => a.GetExportedTypes())
            .Where(t => t.Namespace != "Tidegate.Pipeline.Reports") // the room that wraps the console
            .SelectMany(t => Signature(t).Where(IsForeign).Select(f => $"{t.FullName} shows {f.FullName}"))
            .Distinct();

        offenders.ShouldBeEmpty();
    }

    [Fact]
    public void No_namespace_of_ours_has_the_first_name_of_something_we_import()
    {
        var offenders = Sources().SelectMany(file => File.ReadLines(file)
            .Where(l => l.StartsWith("namespace Tidegate", StringComparison.Ordinal) && ForbiddenSegments.Any(s => l.TrimEnd(';').Split('.', ' ').Contains(s)))
            .Select(l => $"{file}: {l}"));

        offenders.ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_knows_the_build_host_but_the_components()
    {
        var offenders = Sources()
            .Where(f => !f.Contains("Tidegate.Components", StringComparison.Ordinal) && !f.Contains("Tidegate.BuildHost", StringComparison.Ordinal))
            .Where(f => !f.Contains("Tidegate.Templates", StringComparison.Ordinal)) // somebody else's build project, and only a text here
            .Where(f => File.ReadLines(f).Any(l => l.StartsWith("using Nuke", StringComparison.Ordinal) || l.StartsWith("using static Nuke", StringComparison.Ordinal)));

        offenders.ShouldBeEmpty();
    }

    private static IEnumerable<(string Name, string File)> Projects() =>
        Directory.EnumerateFiles(Repository.File("src"), "*.csproj", SearchOption.AllDirectories).Append(Repository.File("build", "_build.csproj"))
            .Select(f => (Path.GetFileNameWithoutExtension(f), f));

    private static IEnumerable<string> References(string project) => XDocument.Load(project).Descendants("ProjectReference")
        .Select(r => Path.GetFileNameWithoutExtension(((string?)r.Attribute("Include"))!.Replace('\\', '/')));

    private static IEnumerable<string> Sources() => Directory.EnumerateFiles(Repository.File("src"), "*.cs", SearchOption.AllDirectories);

    private static IEnumerable<Type> Signature(Type type)
    {
        const BindingFlags all = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        return type.GetMethods(all).SelectMany(m => m.GetParameters().Select(p => p.ParameterType).Append(m.ReturnType))
            .Concat(type.GetConstructors(all).SelectMany(c => c.GetParameters().Select(p => p.ParameterType)))
            .Concat(type.GetProperties(all).Select(p => p.PropertyType))
            .Concat(type.GetFields(all).Select(f => f.FieldType))
            .Append(type.BaseType ?? typeof(object))
            .Concat(type.GetInterfaces())
            .SelectMany(Parts);
    }

    private static IEnumerable<Type> Parts(Type type) => type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Append(type) : [type.GetElementType() ?? type];

    private static bool IsForeign(Type type) =>
        type.Assembly.GetName().Name is { } name && !name.StartsWith("System", StringComparison.Ordinal) && !name.StartsWith("Tidegate", StringComparison.Ordinal);
}
