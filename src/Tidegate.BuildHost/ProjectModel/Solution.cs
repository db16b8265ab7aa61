using Microsoft.VisualStudio.SolutionPersistence.Model;
using Microsoft.VisualStudio.SolutionPersistence.Serializer;
using Nuke.Common.IO;

namespace Nuke.Common.ProjectModel;

/// <summary>Holds projects and folders: a solution or one of its folders.</summary>
public interface IProjectContainer
{
    IProjectContainer Parent { get; }
    IReadOnlyCollection<SolutionFolder> SolutionFolders { get; }
    IReadOnlyCollection<Project> Projects { get; }
}

/// <summary>A <c>.sln</c> or <c>.slnx</c> file.</summary>
public class Solution : IProjectContainer, IAbsolutePathHolder
{
    private readonly SolutionModel _model;

    public Solution(SolutionModel model, AbsolutePath path = null)
    {
        _model = model;
        Path = path;
        AllProjects = [.. model.SolutionProjects.Select(project => new Project(project, this))];
        AllSolutionFolders = [.. model.SolutionFolders.Select(folder => new SolutionFolder(folder, this))];
    }

    IProjectContainer IProjectContainer.Parent => null;

    public AbsolutePath Path { get; set; }
    public AbsolutePath Directory => Path?.Parent;
    public string FileName => Path?.Name;
    public string Name => Path?.NameWithoutExtension;

    public IReadOnlyCollection<Project> AllProjects { get; }
    public IReadOnlyCollection<SolutionFolder> AllSolutionFolders { get; }

    /// <summary>Those that lie in no folder.</summary>
    public IReadOnlyCollection<Project> Projects => [.. AllProjects.Where(project => project.Parent == this)];
    public IReadOnlyCollection<SolutionFolder> SolutionFolders => [.. AllSolutionFolders.Where(folder => folder.Parent == this)];

    public static implicit operator string(Solution solution) => solution?.Path;
    public static implicit operator AbsolutePath(Solution solution) => solution?.Path;

    public SolutionModel GetModel() => _model;

    /// <param name="wildcardPattern">Of names: <c>*.Tests</c>.</param>
    public IEnumerable<Project> GetAllProjects(string wildcardPattern) =>
        AllProjects.Where(project => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(wildcardPattern, project.Name));

    public void Save(AbsolutePath path = null)
    {
        var file = path ?? Path;
        var serializer = SolutionSerializers.GetSerializerByMoniker(file) ?? throw new NotSupportedException($"'{file}' is neither .sln nor .slnx.");
        serializer.SaveAsync(file, _model, CancellationToken.None).GetAwaiter().GetResult();
    }

    public override string ToString() => Path ?? Name;
}

public static class SolutionModelExtensions
{
    public static Solution ReadSolution(this AbsolutePath path)
    {
        Assert.FileExists(path);
        var serializer = SolutionSerializers.GetSerializerByMoniker(path) ?? throw new NotSupportedException($"'{path}' is neither .sln nor .slnx.");
        return new Solution(serializer.OpenAsync(path, CancellationToken.None).GetAwaiter().GetResult(), path);
    }
}

public static class ProjectContainerExtensions
{
    /// <summary>Null when there is none. In a solution also those that lie in folders.</summary>
    public static Project GetProject(this IProjectContainer container, string name) =>
        ((container as Solution)?.AllProjects ?? container.Projects).FirstOrDefault(project => string.Equals(project.Name, name, StringComparison.OrdinalIgnoreCase));

    public static SolutionFolder GetSolutionFolder(this IProjectContainer container, string name) =>
        ((container as Solution)?.AllSolutionFolders ?? container.SolutionFolders).FirstOrDefault(folder => string.Equals(folder.Name, name, StringComparison.OrdinalIgnoreCase));
}
