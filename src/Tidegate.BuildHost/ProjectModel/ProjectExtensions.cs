using System.Text.Json;
using Nuke.Common.Tooling;
using Nuke.Common.Tools.DotNet;
using Tidegate.BuildHost.Parameters;

namespace Nuke.Common.ProjectModel;

/// <summary>What MSBuild makes of a project. Asked of <c>dotnet msbuild</c>, so that nothing of MSBuild is loaded into the build.</summary>
public static class ProjectExtensions
{
    /// <summary>Null when the property is not set.</summary>
    public static string GetProperty(this Project project, string propertyName) => Ask(project, $"-getProperty:{propertyName}") is { Length: > 0 } value ? value : null;

    /// <summary>The default of T when the property is not set.</summary>
    public static T GetProperty<T>(this Project project, string propertyName) => Converted<T>(project.GetProperty(propertyName));

    public static IReadOnlyCollection<string> GetTargetFrameworks(this Project project) => project.GetList("TargetFrameworks") is { Length: > 0 } several ? several : project.GetList("TargetFramework");

    public static IReadOnlyCollection<string> GetRuntimeIdentifiers(this Project project) =>
        project.GetList("RuntimeIdentifiers") is { Length: > 0 } several ? several : project.GetList("RuntimeIdentifier");

    public static string GetOutputType(this Project project) => project.GetProperty("OutputType");

    public static IEnumerable<string> GetItems(this Project project, string itemGroupName) => project.Items(itemGroupName).Select(static item => item["Identity"]);

    public static IEnumerable<T> GetItems<T>(this Project project, string itemGroupName) => project.GetItems(itemGroupName).Select(Converted<T>);

    public static IEnumerable<string> GetItemMetadata(this Project project, string itemGroupName, string metadataName) =>
        project.Items(itemGroupName).Select(item => item.GetValueOrDefault(metadataName));

    public static IEnumerable<T> GetItemMetadata<T>(this Project project, string itemGroupName, string metadataName) =>
        project.GetItemMetadata(itemGroupName, metadataName).Select(Converted<T>);

    public static string GetItemMetadataSingleOrDefault(this Project project, string itemGroupName, string includeName, string metadataName) =>
        project.Items(itemGroupName).SingleOrDefault(item => string.Equals(item["Identity"], includeName, StringComparison.OrdinalIgnoreCase))?.GetValueOrDefault(metadataName);

    public static T GetItemMetadataSingleOrDefault<T>(this Project project, string itemGroupName, string includeName, string metadataName) =>
        Converted<T>(project.GetItemMetadataSingleOrDefault(itemGroupName, includeName, metadataName));

    public static bool HasPackageReference(this Project project, string packageId) =>
        project.GetItems("PackageReference").Contains(packageId, StringComparer.OrdinalIgnoreCase);

    public static string GetPackageReferenceVersion(this Project project, string packageId) =>
        project.GetItemMetadataSingleOrDefault("PackageReference", packageId, "Version");

    private static string[] GetList(this Project project, string propertyName) =>
        project.GetProperty(propertyName)?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static Dictionary<string, string>[] Items(this Project project, string group)
    {
        using var answer = JsonDocument.Parse(Ask(project, $"-getItem:{group}"));
        return [.. answer.RootElement.GetProperty("Items").GetProperty(group).EnumerateArray()
            .Select(static item => item.EnumerateObject().ToDictionary(static each => each.Name, static each => each.Value.GetString(), StringComparer.OrdinalIgnoreCase))];
    }

    private static string Ask(Project project, string question) =>
        DotNetTasks.DotNet($"msbuild {project.Path} {question} -nologo", logOutput: false, logInvocation: false).StdToText().Trim();

    private static T Converted<T>(string text) => string.IsNullOrEmpty(text) ? default : (T)ValueConverter.FromText(text, typeof(T), separator: null);
}
