using System.Reflection;
using Nuke.Common.ValueInjection;

namespace Nuke.Common.Git;

/// <summary>The repository that the root directory lies in.</summary>
public class GitRepositoryAttribute : ValueInjectionAttributeBase
{
    public override object GetValue(MemberInfo member, object instance) => GitRepository.FromLocalDirectory(NukeBuild.RootDirectory);
}
