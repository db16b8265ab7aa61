using System.Reflection;
using Nuke.Common.ValueInjection;

namespace Nuke.Common.CI;

/// <summary>A host that is a CI server.</summary>
public interface IBuildServer
{
    /// <summary>Null when the server does not say.</summary>
    string Branch { get; }
    string Commit { get; }
}

/// <summary><c>[CI] readonly GitHubActions GitHub;</c>: the server, or null anywhere else.</summary>
public class CIAttribute : ValueInjectionAttributeBase
{
    public override object GetValue(MemberInfo member, object instance) =>
        Utilities.ReflectionUtility.GetMemberType(member).IsInstanceOfType(NukeBuild.Host) ? NukeBuild.Host : null;
}
