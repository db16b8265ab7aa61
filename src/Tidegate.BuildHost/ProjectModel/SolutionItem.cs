using Microsoft.VisualStudio.SolutionPersistence.Model;
using Nuke.Common.IO;

namespace Nuke.Common.ProjectModel;

/// <summary>Something in a solution.</summary>
public class SolutionItem
{
    private readonly SolutionItemModel _model;

    protected SolutionItem(SolutionItemModel model, Solution solution)
    {
        _model = model;
        Solution = solution;
    }

    public Solution Solution { get; }

    public string Name => _model.ActualDisplayName;

    public IProjectContainer Parent => _model.Parent is { } parent
        ? Solution.AllSolutionFolders.Single(folder => folder.GetModel() == parent)
        : Solution;

    internal bool LiesIn(SolutionFolderModel folder) => _model.Parent == folder;
}

public class SolutionFolder : SolutionItem, IProjectContainer
{
    private readonly SolutionFolderModel _model;

    public SolutionFolder(SolutionFolderModel model, Solution solution) : base(model, solution) => _model = model;

    public IReadOnlyCollection<Project> Projects => [.. Solution.AllProjects.Where(project => project.LiesIn(_model))];
    public IReadOnlyCollection<SolutionFolder> SolutionFolders => [.. Solution.AllSolutionFolders.Where(folder => folder.LiesIn(_model))];

    public SolutionFolderModel GetModel() => _model;
}

/// <summary>A project file. Converts to its path.</summary>
public class Project : SolutionItem, IAbsolutePathHolder
{
    private readonly SolutionProjectModel _model;

    public Project(SolutionProjectModel model, Solution solution) : base(model, solution) => _model = model;

    /// <summary>As the solution writes it.</summary>
    public string RelativePath => _model.FilePath;
    public AbsolutePath Path => Solution.Directory / _model.FilePath;
    public AbsolutePath Directory => Path.Parent;
    public string FileName => Path.Name;

    public static implicit operator string(Project project) => project?.Path;
    public static implicit operator AbsolutePath(Project project) => project?.Path;

    public SolutionProjectModel GetModel() => _model;

    public override string ToString() => Path;
}
