using System.Reflection;
using Nuke.Common.IO;
using Tidegate.BuildHost.Execution;
using Tidegate.BuildHost.Parameters;

namespace Nuke.Common.ProjectModel;

/// <summary>The solution: from <c>--solution</c>, the environment or a parameters file, else the given path, else the only one in the root.</summary>
public class SolutionAttribute : ParameterAttribute
{
    private readonly string _relativePath;

    public SolutionAttribute() : this(null) { }

    public SolutionAttribute(string relativePath) : base("Path of the solution.") => _relativePath = relativePath;

    /// <summary>Typed access to the projects, made by a source generator of the NUKE packages. This host has none.</summary>
    public bool GenerateProjects { get; set; }

    public override bool List { get; set; }

    internal override Type GivenType(MemberInfo member) => typeof(string);

    public override object GetValue(MemberInfo member, object instance)
    {
        var session = BuildSession.Current;
        var given = (string)session.Parameters.Resolve(ParameterDeclaration.Of(member, this)) ?? _relativePath;
        return (given is not null ? Rooted(given, session.RootDirectory) : Only(session.RootDirectory)).ReadSolution();
    }

    private static AbsolutePath Rooted(string path, AbsolutePath root) => PathConstruction.HasPathRoot(path) ? path : root / path;

    private static AbsolutePath Only(AbsolutePath root)
    {
        var found = root.GetFiles("*.sln").Concat(root.GetFiles("*.slnx")).Where(file => file.HasExtension("sln", "slnx")).Distinct().ToArray();
        return found.Length == 1 ? found[0] : throw new ArgumentException(found.Length == 0
            ? $"There is no solution in {root}. Give --solution <path>."
            : $"There are {found.Length} solutions in {root}. Give --solution <path>.");
    }
}
